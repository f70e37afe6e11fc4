"""Files that a browser has already: told so, and not left open."""

import gc
import warnings


def test_a_file_that_is_not_sent_again_is_closed(app):
    browser = app.test_client()
    first = browser.get("/static/css/base.css")
    tag = first.headers["ETag"]
    first.close()
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always", ResourceWarning)
        answer = browser.get("/static/css/base.css", headers={"If-None-Match": tag})
        assert answer.status_code == 304
        del answer
        gc.collect()
    assert [str(w.message) for w in told if issubclass(w.category, ResourceWarning)] == []
