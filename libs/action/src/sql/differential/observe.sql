-- What the differential test compares: one line for each thing that a statement may change, as (kind, name, state).
-- SECURITY DEFINER, so that a statement that takes its own rights away is still seen.
CREATE SCHEMA observer;
GRANT USAGE ON SCHEMA observer TO PUBLIC;

-- Work of this transaction so far, by table, without the scans that `state` itself makes: asked before and after.
CREATE FUNCTION observer.counters() RETURNS TABLE (kind text, name text, state text) LANGUAGE sql SECURITY DEFINER AS $$
  SELECT c.what, n.nspname || '.' || k.relname, c.times::text
  FROM pg_catalog.pg_class k
  JOIN pg_catalog.pg_namespace n ON n.oid = k.relnamespace,
  LATERAL (VALUES
    ('scanned', pg_catalog.pg_stat_get_xact_numscans(k.oid)
       + coalesce((SELECT sum(pg_catalog.pg_stat_get_xact_numscans(i.indexrelid)) FROM pg_catalog.pg_index i WHERE i.indrelid = k.oid), 0)),
    ('inserted', pg_catalog.pg_stat_get_xact_tuples_inserted(k.oid)),
    ('updated', pg_catalog.pg_stat_get_xact_tuples_updated(k.oid)),
    ('deleted', pg_catalog.pg_stat_get_xact_tuples_deleted(k.oid))) c(what, times)
  WHERE n.nspname IN ('app', 'other', 'public') AND k.relkind IN ('r', 'm') AND c.times > 0
$$;

CREATE FUNCTION observer.state() RETURNS TABLE (kind text, name text, state text) LANGUAGE plpgsql SECURITY DEFINER
  SET timezone = 'UTC' AS $$
DECLARE
  one record;
BEGIN
  -- Rows of tables and the state of sequences
  FOR one IN SELECT k.oid, k.relkind, k.relpersistence, format('%I.%I', n.nspname, k.relname) AS called
             FROM pg_catalog.pg_class k JOIN pg_catalog.pg_namespace n ON n.oid = k.relnamespace
             WHERE k.relkind IN ('r', 'm', 'S') AND n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast', 'observer')
  LOOP
    IF one.relkind = 'S' THEN
      RETURN QUERY EXECUTE format('SELECT ''sequence'', %L, last_value || '' '' || is_called FROM %s', one.called, one.called);
    ELSIF one.relkind = 'r' OR (SELECT relispopulated FROM pg_catalog.pg_class WHERE oid = one.oid) THEN
      RETURN QUERY EXECUTE format(
        'SELECT %L, %L, count(*) || '' '' || pg_catalog.md5(coalesce(string_agg(x::text, '','' ORDER BY x::text), '''')) FROM ONLY %s x',
        CASE WHEN one.relpersistence = 't' THEN 'temporary rows' ELSE 'rows' END, one.called, one.called);
    END IF;
  END LOOP;
  -- Relations and their parts
  RETURN QUERY SELECT CASE WHEN k.relpersistence = 't' THEN 'temporary relation' ELSE 'relation' END, k.oid::text,
      concat_ws(' ', k.relname, k.relnamespace, k.relkind, k.reltablespace, k.reloptions, k.relispartition, k.relpersistence, k.relreplident)
    FROM pg_catalog.pg_class k WHERE k.relkind <> 't' AND k.relnamespace <> 'pg_toast'::pg_catalog.regnamespace;
  RETURN QUERY SELECT 'access', 'relation ' || k.oid, concat_ws(' ', k.relowner, k.relacl::text, k.relrowsecurity, k.relforcerowsecurity)
    FROM pg_catalog.pg_class k WHERE k.oid >= 16384 AND k.relnamespace <> 'pg_toast'::pg_catalog.regnamespace;
  RETURN QUERY SELECT CASE WHEN k.relpersistence = 't' THEN 'temporary relation' ELSE 'relation' END, a.attrelid || '.' || a.attnum,
      concat_ws(' ', a.attname, a.atttypid, a.attnotnull, a.attisdropped, a.attstattarget, a.attoptions, a.attstorage, a.attidentity)
    FROM pg_catalog.pg_attribute a JOIN pg_catalog.pg_class k ON k.oid = a.attrelid
    WHERE a.attnum > 0 AND k.relkind NOT IN ('t', 'i') AND k.relnamespace <> 'pg_toast'::pg_catalog.regnamespace;
  RETURN QUERY SELECT 'access', 'column ' || a.attrelid || '.' || a.attnum, a.attacl::text FROM pg_catalog.pg_attribute a WHERE a.attacl IS NOT NULL;
  RETURN QUERY SELECT 'column default', d.oid::text, d.adbin::text FROM pg_catalog.pg_attrdef d;
  RETURN QUERY SELECT 'constraint', c.oid::text, concat_ws(' ', c.conname, c.convalidated) FROM pg_catalog.pg_constraint c;
  RETURN QUERY SELECT 'index', i.indexrelid::text, concat_ws(' ', i.indisvalid, i.indisclustered, i.indisreplident) FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class k ON k.oid = i.indexrelid
    WHERE i.indexrelid >= 16384 AND k.relnamespace <> 'pg_toast'::pg_catalog.regnamespace;
  RETURN QUERY SELECT 'inheritance', h.inhrelid::text, h.inhparent::text FROM pg_catalog.pg_inherits h;
  -- Code
  RETURN QUERY SELECT 'trigger', t.oid::text, concat_ws(' ', t.tgname, t.tgenabled) FROM pg_catalog.pg_trigger t WHERE NOT t.tgisinternal;
  RETURN QUERY SELECT 'rule', r.oid::text, concat_ws(' ', r.rulename, r.ev_enabled, r.ev_action) FROM pg_catalog.pg_rewrite r WHERE r.oid >= 16384;
  RETURN QUERY SELECT 'event trigger', e.oid::text, concat_ws(' ', e.evtname, e.evtenabled) FROM pg_catalog.pg_event_trigger e;
  RETURN QUERY SELECT 'function', p.oid::text, concat_ws(' ', p.proname, p.pronamespace, p.prosrc, p.provolatile) FROM pg_catalog.pg_proc p WHERE p.oid >= 16384;
  RETURN QUERY SELECT 'access', 'function ' || p.oid, concat_ws(' ', p.proowner, p.proacl::text, p.prosecdef, p.proleakproof) FROM pg_catalog.pg_proc p WHERE p.oid >= 16384;
  RETURN QUERY SELECT 'structure', 'language ' || l.oid, l.lanname::text FROM pg_catalog.pg_language l;
  RETURN QUERY SELECT 'structure', 'extension ' || e.oid, concat_ws(' ', e.extname, e.extversion) FROM pg_catalog.pg_extension e;
  -- Everything else that has a name
  RETURN QUERY SELECT 'structure', 'schema ' || n.oid, n.nspname::text FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_(toast_)?temp';
  RETURN QUERY SELECT 'access', 'schema ' || n.oid, concat_ws(' ', n.nspowner, n.nspacl::text) FROM pg_catalog.pg_namespace n WHERE n.nspname !~ '^pg_(toast_)?temp';
  RETURN QUERY SELECT 'structure', 'type ' || t.oid, concat_ws(' ', t.typname, t.typnamespace, t.typdefault) FROM pg_catalog.pg_type t WHERE t.typtype IN ('d', 'e', 'r', 'b') AND t.typelem = 0 AND t.oid >= 16384;
  RETURN QUERY SELECT 'access', 'type ' || t.oid, concat_ws(' ', t.typowner, t.typacl::text) FROM pg_catalog.pg_type t WHERE t.typtype IN ('d', 'e', 'r') AND t.oid >= 16384;
  RETURN QUERY SELECT 'structure', 'enum ' || e.oid, e.enumlabel::text FROM pg_catalog.pg_enum e;
  RETURN QUERY SELECT 'structure', 'operator ' || o.oid, o.oprname::text FROM pg_catalog.pg_operator o WHERE o.oid >= 16384;
  RETURN QUERY SELECT 'structure', 'cast ' || c.oid, c.castcontext::text FROM pg_catalog.pg_cast c;
  RETURN QUERY SELECT 'structure', 'collation ' || c.oid, c.collname::text FROM pg_catalog.pg_collation c;
  RETURN QUERY SELECT 'structure', 'statistics ' || s.oid, s.stxname::text FROM pg_catalog.pg_statistic_ext s;
  RETURN QUERY SELECT 'structure', 'text search ' || c.oid, c.cfgname::text FROM pg_catalog.pg_ts_config c;
  RETURN QUERY SELECT 'structure', 'comment ' || d.objoid || '.' || d.objsubid, d.description FROM pg_catalog.pg_description d WHERE d.objoid >= 16384;
  RETURN QUERY SELECT 'structure', 'server ' || s.oid, concat_ws(' ', s.srvname, s.srvoptions) FROM pg_catalog.pg_foreign_server s;
  RETURN QUERY SELECT 'structure', 'wrapper ' || w.oid, concat_ws(' ', w.fdwname, w.fdwoptions) FROM pg_catalog.pg_foreign_data_wrapper w;
  RETURN QUERY SELECT 'publication', p.oid::text, concat_ws(' ', p.pubname, p.puballtables, p.pubinsert, p.pubdelete) FROM pg_catalog.pg_publication p;
  RETURN QUERY SELECT 'publication', 'table ' || r.oid, r.prrelid::text FROM pg_catalog.pg_publication_rel r;
  RETURN QUERY SELECT 'large object', l.oid::text, (SELECT string_agg(d.data::text, '' ORDER BY d.pageno) FROM pg_catalog.pg_largeobject d WHERE d.loid = l.oid) FROM pg_catalog.pg_largeobject_metadata l;
  -- Who may do what
  RETURN QUERY SELECT 'access', 'role ' || r.oid, r::text FROM pg_catalog.pg_authid r;
  RETURN QUERY SELECT 'access', 'member ' || m.roleid || '.' || m.member, m.admin_option::text FROM pg_catalog.pg_auth_members m;
  RETURN QUERY SELECT 'access', 'default ' || d.oid, d.defaclacl::text FROM pg_catalog.pg_default_acl d;
  RETURN QUERY SELECT 'access', 'policy ' || p.oid, concat_ws(' ', p.polcmd, p.polpermissive, p.polroles, p.polqual) FROM pg_catalog.pg_policy p;
  RETURN QUERY SELECT 'access', 'mapping ' || u.umid, concat_ws(' ', u.srvid, u.umuser) FROM pg_catalog.pg_user_mappings u;
  RETURN QUERY SELECT 'access', 'database ' || d.oid, concat_ws(' ', d.datdba, d.datacl::text) FROM pg_catalog.pg_database d;
  RETURN QUERY SELECT 'lasting setting', s.setdatabase || '.' || s.setrole, s.setconfig::text FROM pg_catalog.pg_db_role_setting s;
  -- The session
  RETURN QUERY SELECT 'lock', concat_ws(' ', l.locktype, l.relation::pg_catalog.regclass, l.objid), l.mode FROM pg_catalog.pg_locks l
    WHERE l.pid = pg_catalog.pg_backend_pid()
      AND (l.locktype = 'advisory' OR (l.mode IN ('ExclusiveLock', 'AccessExclusiveLock') AND l.relation >= 16384
        AND (SELECT k.relpersistence FROM pg_catalog.pg_class k WHERE k.oid = l.relation) <> 't'));
END $$;

-- Not SECURITY DEFINER: who acts, and with which settings.
CREATE FUNCTION observer.actor() RETURNS TABLE (kind text, name text, state text) LANGUAGE sql AS $$
  SELECT 'actor', 'current', current_user::text
  UNION ALL SELECT 'actor', 'session', session_user::text
  UNION ALL SELECT 'setting', 'app.tenant', pg_catalog.current_setting('app.tenant', true)
  UNION ALL SELECT 'setting', g.name, g.setting FROM pg_catalog.pg_settings g
    WHERE g.name NOT IN ('role', 'session_authorization', 'is_superuser')
$$;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA observer TO PUBLIC;
