"""People and how they prove it is them: tables without grants, reached only through these functions.

Each function takes a hash or an address and gives back one row. Frozen, first edition.
"""

from typing import Any

from migrations import rls_v1

TABLES = """
create table identity.account (
  id uuid primary key default gen_random_uuid(),
  email citext unique not null,
  name text not null,
  language text not null,
  created_at timestamptz not null default now()
);
create table identity.sign_in_session (
  token_hash bytea primary key,
  account_id uuid not null references identity.account,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz,
  agent text not null,
  last_organisation uuid
);
create table identity.sign_in_token (
  id uuid primary key default gen_random_uuid(),
  email citext not null,
  language text not null,
  browser_hash bytea not null,
  link_hash bytea unique,
  code_hash bytea,
  created_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  attempts int not null default 0
);
create index ix_sign_in_token_email on identity.sign_in_token (email, created_at);
create index ix_sign_in_token_browser on identity.sign_in_token (browser_hash, created_at);
create index ix_sign_in_session_account on identity.sign_in_session (account_id);
"""


def tables(op: Any) -> None:
    op.execute(TABLES)
    me = {"account": "id", "sign_in_session": "account_id", "sign_in_token": "null::uuid"}
    for table, column in me.items():
        rls_v1.protect(op, f"identity.{table}", f"{column} = {rls_v1.PERSON}", "false", "")
    op.execute("grant select, insert, update on all tables in schema identity to parasta_reader")
    op.execute("grant delete on identity.sign_in_token, identity.sign_in_session to parasta_reader")


def functions(op: Any) -> None:
    accounts(op)
    asking(op)
    using(op)
    sessions(op)
    op.execute("revoke create on schema identity from parasta_reader")


def accounts(op: Any) -> None:
    rls_v1.function(
        op,
        "identity.account_open(p_email text, p_name text, p_language text)",
        "uuid",
        """
        declare v_id uuid;
        begin
          insert into account (email, name, language) values (p_email, p_name, p_language)
          on conflict (email) do nothing returning id into v_id;
          if v_id is null then select id into v_id from account where email = p_email::citext; end if;
          return v_id;
        end """,
    )
    rls_v1.function(
        op,
        "identity.account_with(p_email text)",
        "uuid",
        "select id from account where email = p_email::citext",
        language="sql stable",
    )
    rls_v1.function(
        op,
        "identity.account_speaks(p_account uuid, p_language text)",
        "void",
        "begin update account set language = p_language where id = p_account; end",
    )


def asking(op: Any) -> None:
    rls_v1.function(
        op,
        "identity.sign_in_begin(p_email text, p_browser bytea, p_language text, p_now timestamptz, p_minutes int)",
        "table(id uuid, fresh boolean)",
        """
        declare v_id uuid;
        begin
          perform pg_advisory_xact_lock(hashtextextended(lower(p_email), 7));
          delete from sign_in_token where sign_in_token.id in (select t.id from sign_in_token t
            where t.created_at < p_now - interval '1 day' limit 100 for update skip locked);
          select t.id into v_id from sign_in_token t
            where t.email = p_email::citext and t.browser_hash = p_browser and t.used_at is null and t.attempts < 5
            and t.created_at > p_now - interval '30 seconds' order by t.created_at desc limit 1;
          if found then return query select v_id, false; return; end if;
          if (select count(*) from sign_in_token t where t.email = p_email::citext
              and t.created_at > p_now - interval '10 minutes') >= 6
            or (select count(*) from sign_in_token t where t.browser_hash = p_browser
              and t.created_at > p_now - interval '10 minutes') >= 12 then
            return;
          end if;
          insert into sign_in_token (email, browser_hash, language, created_at, expires_at)
          values (p_email, p_browser, p_language, p_now, p_now + make_interval(mins => p_minutes))
          returning sign_in_token.id into v_id;
          return query select v_id, true;
        end """,
    )
    rls_v1.function(
        op,
        "identity.sign_in_arm(p_token uuid, p_link bytea, p_code bytea, p_until timestamptz)",
        "table(email text, name text, language text, known boolean)",
        """
        begin
          return query
            update sign_in_token t set link_hash = p_link, code_hash = p_code, attempts = 0, expires_at = p_until
            where t.id = p_token and t.used_at is null
            returning t.email::text, coalesce((select a.name from account a where a.email = t.email), ''),
              t.language, exists (select 1 from account a where a.email = t.email);
        end """,
    )


def using(op: Any) -> None:
    rls_v1.function(
        op,
        "identity.sign_in_id(p_link bytea)",
        "uuid",
        "select id from sign_in_token where link_hash = p_link",
        language="sql stable",
    )
    rls_v1.function(
        op,
        "identity.sign_in_look(p_link bytea, p_browser bytea, p_now timestamptz)",
        "text",
        """
        declare t sign_in_token;
        begin
          select * into t from sign_in_token where link_hash = p_link;
          if not found then return 'unknown'; end if;
          if t.used_at is not null then return 'used'; end if;
          if t.expires_at <= p_now then return 'expired'; end if;
          if t.attempts >= 5 then return 'closed'; end if;
          if t.browser_hash is distinct from p_browser then return 'other_browser'; end if;
          return 'open';
        end """,
    )
    rls_v1.function(
        op,
        "identity.sign_in_use(p_token uuid, p_link bytea, p_code bytea, p_browser bytea, p_now timestamptz)",
        "table(outcome text, account_id uuid)",
        """
        declare t sign_in_token; v_link boolean; v_code boolean; v_browser boolean; v_account uuid;
        begin
          select * into t from sign_in_token where id = p_token or link_hash = p_link for update;
          if not found then return query select 'unknown', null::uuid; return; end if;
          if t.used_at is not null then return query select 'used', null::uuid; return; end if;
          if t.expires_at <= p_now then return query select 'expired', null::uuid; return; end if;
          if t.attempts >= 5 or p_code is not null and (select sum(o.attempts) from sign_in_token o
              where o.email = t.email and o.created_at > p_now - interval '1 hour') >= 20 then
            return query select 'closed', null::uuid; return;
          end if;
          v_link := coalesce(t.link_hash = p_link, false);
          v_code := coalesce(t.code_hash = p_code, false);
          v_browser := coalesce(t.browser_hash = p_browser, false);
          if p_code is not null and not v_code then
            update sign_in_token set attempts = attempts + 1 where id = t.id;
            return query select 'wrong_code', null::uuid; return;
          end if;
          if not (v_browser and (v_link or v_code) or v_link and v_code) then
            return query select 'other_browser', null::uuid; return;
          end if;
          select a.id into v_account from account a where a.email = t.email;
          if v_account is null then return query select 'unknown', null::uuid; return; end if;
          update sign_in_token set used_at = p_now where id = t.id;
          return query select 'ok', v_account;
        end """,
    )


def sessions(op: Any) -> None:
    rls_v1.function(
        op,
        "identity.session_start(p_account uuid, p_hash bytea, p_now timestamptz, p_until timestamptz, p_agent text)",
        "void",
        """
        begin
          delete from sign_in_session where token_hash in (select s.token_hash from sign_in_session s
            where s.account_id = p_account and s.expires_at < p_now - interval '30 days' for update skip locked);
          insert into sign_in_session (token_hash, account_id, created_at, expires_at, agent)
          values (p_hash, p_account, p_now, p_until, p_agent);
        end """,
    )
    rls_v1.function(
        op,
        "identity.session_of(p_hash bytea, p_now timestamptz)",
        "table(account_id uuid, email text, name text, language text, last_organisation uuid)",
        """
        select a.id, a.email::text, a.name, a.language, s.last_organisation
        from sign_in_session s join account a on a.id = s.account_id
        where s.token_hash = p_hash and s.ended_at is null and s.expires_at > p_now""",
        language="sql stable",
    )
    rls_v1.function(
        op,
        "identity.session_end(p_hash bytea, p_now timestamptz)",
        "void",
        "begin update sign_in_session set ended_at = p_now where token_hash = p_hash and ended_at is null; end",
    )
    rls_v1.function(
        op,
        "identity.session_at(p_hash bytea, p_organisation uuid)",
        "void",
        "begin update sign_in_session set last_organisation = p_organisation where token_hash = p_hash; end",
    )
