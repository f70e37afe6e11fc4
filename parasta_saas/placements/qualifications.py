"""Names of qualifications by their six-digit code (national code list `koulutus`); the list is short on purpose."""

NAMES: dict[str, dict[str, str]] = {
    "371101": {
        "fi": "Sosiaali- ja terveysalan perustutkinto",
        "sv": "Grundexamen inom social- och hälsovårdsbranschen",
        "en": "Vocational qualification in Social and Health Care",
    },
    "331101": {
        "fi": "Liiketoiminnan perustutkinto",
        "sv": "Grundexamen i affärsverksamhet",
        "en": "Vocational qualification in Business",
    },
    "341101": {
        "fi": "Tieto- ja viestintätekniikan perustutkinto",
        "sv": "Grundexamen i informations- och kommunikationsteknik",
        "en": "Vocational qualification in Information and Communications Technology",
    },
    "351301": {
        "fi": "Autoalan perustutkinto",
        "sv": "Grundexamen inom bilbranschen",
        "en": "Vocational qualification in the Vehicle Sector",
    },
    "351407": {
        "fi": "Sähkö- ja automaatioalan perustutkinto",
        "sv": "Grundexamen inom el- och automationsbranschen",
        "en": "Vocational qualification in Electrical Engineering and Automation Technology",
    },
    "352201": {
        "fi": "Rakennusalan perustutkinto",
        "sv": "Grundexamen inom byggnadsbranschen",
        "en": "Vocational qualification in Construction",
    },
    "351203": {
        "fi": "Talotekniikan perustutkinto",
        "sv": "Grundexamen i husteknik",
        "en": "Vocational qualification in Building Maintenance Technology",
    },
    "351108": {
        "fi": "Kone- ja tuotantotekniikan perustutkinto",
        "sv": "Grundexamen i maskin- och produktionsteknik",
        "en": "Vocational Qualification in Mechanical Engineering and Production Technology",
    },
    "351605": {
        "fi": "Prosessiteollisuuden perustutkinto",
        "sv": "Grundexamen inom processindustrin",
        "en": "Vocational qualification in the Process Industry",
    },
    "381141": {
        "fi": "Puhtaus- ja kiinteistöpalvelualan perustutkinto",
        "sv": "Grundexamen inom rengörings- och fastighetsservicebranschen",
        "en": "Vocational qualification in Cleaning and Property Services",
    },
    "381142": {
        "fi": "Ravintola- ja catering-alan perustutkinto",
        "sv": "Grundexamen inom restaurang- och cateringbranschen",
        "en": "Vocational qualification in Restaurant and Catering Services",
    },
    "381241": {
        "fi": "Kasvatus- ja ohjausalan perustutkinto",
        "sv": "Grundexamen i pedagogisk verksamhet och handledning",
        "en": "Vocational Qualification in Education and Guidance",
    },
    "381342": {
        "fi": "Hius- ja kauneudenhoitoalan perustutkinto",
        "sv": "Grundexamen inom hår- och skönhetsbranschen",
        "en": "Vocational qualification in Hairdressing and Beauty Care",
    },
    "381408": {
        "fi": "Logistiikan perustutkinto",
        "sv": "Grundexamen i logistik",
        "en": "Vocational qualification in Logistics",
    },
    "381504": {
        "fi": "Turvallisuusalan perustutkinto",
        "sv": "Grundexamen inom säkerhetsbranschen",
        "en": "Vocational qualification in Safety and Security",
    },
    "361101": {
        "fi": "Maatalousalan perustutkinto",
        "sv": "Grundexamen inom lantbruksbranschen",
        "en": "Vocational qualification in Agriculture",
    },
    "361201": {
        "fi": "Puutarha-alan perustutkinto",
        "sv": "Grundexamen inom trädgårdsbranschen",
        "en": "Vocational qualification in Horticulture",
    },
    "361301": {
        "fi": "Metsäalan perustutkinto",
        "sv": "Grundexamen inom skogsbranschen",
        "en": "Vocational qualification in Forestry",
    },
    "361902": {
        "fi": "Luonto- ja ympäristöalan perustutkinto",
        "sv": "Grundexamen i natur och miljö",
        "en": "Vocational qualification in Natural and Environmental Protection",
    },
    "351741": {
        "fi": "Puuteollisuuden perustutkinto",
        "sv": "Grundexamen inom träindustrin",
        "en": "Vocational qualification in the Wood Industry",
    },
    "321604": {
        "fi": "Media-alan ja kuvallisen ilmaisun perustutkinto",
        "sv": "Grundexamen inom mediebranschen och visuell framställning",
        "en": "Vocational qualification in Media and Visual Expression",
    },
    "354345": {
        "fi": "Ajoneuvoalan ammattitutkinto",
        "sv": "Yrkesexamen inom fordonsbranschen",
        "en": "Further vocational qualification in the Motor Vehicles Sector",
    },
    "354445": {
        "fi": "Sähkö- ja automaatioalan ammattitutkinto",
        "sv": "Yrkesexamen inom el- och automationsbranschen",
        "en": "Further vocational qualification in Electrical Engineering and Automation Technology",
    },
    "384246": {
        "fi": "Kasvatus- ja ohjausalan ammattitutkinto",
        "sv": "Yrkesexamen i pedagogisk verksamhet och handledning",
        "en": "Further vocational qualification in Education and Guidance",
    },
    "384248": {
        "fi": "Liikunnan ja valmennuksen ammattitutkinto",
        "sv": "Yrkesexamen i idrott och träning",
        "en": "Further vocational qualification in Sports and Coaching",
    },
    "364902": {
        "fi": "Eläintenhoidon ammattitutkinto",
        "sv": "Yrkesexamen i djurskötsel",
        "en": "Further vocational qualification in Animal Care",
    },
    "334120": {
        "fi": "Lähiesimiestyön ammattitutkinto",
        "sv": "Yrkesexamen i arbete som teamledare",
        "en": "Further vocational qualification in First-Level Management",
    },
    "334145": {
        "fi": "Liiketoiminnan ammattitutkinto",
        "sv": "Yrkesexamen i affärsverksamhet",
        "en": "Further vocational qualification in Business",
    },
    "334112": {
        "fi": "Yrittäjän ammattitutkinto",
        "sv": "Yrkesexamen för företagare",
        "en": "Further vocational qualification for Entrepreneurs",
    },
    "437141": {
        "fi": "Johtamisen ja yritysjohtamisen erikoisammattitutkinto",
        "sv": "Specialyrkesexamen i ledarskap och företagsledning",
        "en": "Specialist vocational qualification in Leadership and Business Management",
    },
    "457341": {
        "fi": "Ajoneuvoalan erikoisammattitutkinto",
        "sv": "Specialyrkesexamen inom fordonsbranschen",
        "en": "Specialist vocational qualification in the Motor Vehicles Sector",
    },
    "487241": {
        "fi": "Kasvatus- ja ohjausalan erikoisammattitutkinto",
        "sv": "Specialyrkesexamen i pedagogisk verksamhet och handledning",
        "en": "Specialist vocational qualification in Education and Guidance",
    },
}


def names_of(code: str) -> dict[str, str]:
    """{fi, sv, en} of a code; an unknown code stands for itself."""
    return NAMES.get(code) or {"fi": code, "sv": code, "en": code}
