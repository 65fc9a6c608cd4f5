-- A case that several people share: what cannot be computed again, in the tables of the case file, each row with
-- the number of the step in which it last changed. {schema} is the case's own schema; roles are the server's, not the
-- database's, so that their names tell both.
-- Words that come from outside lie as bytes, since they may hold what PostgreSQL's text may not.

CREATE TABLE stand (                    -- one row, which whoever changes the case holds meanwhile
    alone    boolean PRIMARY KEY DEFAULT true CHECK (alone),
    shape    integer NOT NULL,          -- of these tables
    roles    text NOT NULL,             -- how the names of the members' roles begin
    step     bigint  NOT NULL DEFAULT 0,
    taken_by xid8                       -- the transaction that takes the step
);
CREATE TABLE steps (
    step   bigint PRIMARY KEY,
    mark   text NOT NULL DEFAULT gen_random_uuid()::text, -- tells this step from one of another life of the case
    member text NOT NULL,
    at     timestamptz NOT NULL DEFAULT now()
);
INSERT INTO stand (shape, roles) VALUES ({shape}, {roles});
INSERT INTO steps (step, member) VALUES (0, session_user);

CREATE TABLE documents (
    id        bytea PRIMARY KEY,
    text_hash bytea NOT NULL,
    bytes     bytea NOT NULL,
    origin    bytea,                    -- words
    title     bytea,                    -- words
    body      bytea NOT NULL,
    step      bigint NOT NULL
);
CREATE TABLE captures (
    bytes    bytea PRIMARY KEY,
    document bytea NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    origin   bytea,                     -- words
    step     bigint NOT NULL
);
CREATE INDEX captures_of_document ON captures (document);
CREATE TABLE readings (
    document bytea PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    reader   text NOT NULL,
    body     bytea NOT NULL,
    step     bigint NOT NULL
);
CREATE TABLE failures (
    origin bytea PRIMARY KEY,           -- words
    reason bytea NOT NULL,              -- words
    step   bigint NOT NULL
);
CREATE TABLE decisions (
    number   bigint PRIMARY KEY,
    decision text NOT NULL,
    step     bigint NOT NULL
);
CREATE TABLE snapshots (
    number  bigint PRIMARY KEY,
    hash    bytea NOT NULL,
    list    text NOT NULL,
    day     text NOT NULL,
    basis   text NOT NULL,
    source  text,
    format  text NOT NULL,
    entries bigint NOT NULL,
    names   bigint NOT NULL,
    broken  bigint NOT NULL,
    body    bytea NOT NULL,
    step    bigint NOT NULL
);
CREATE TABLE custody (
    number bigint PRIMARY KEY,
    entry  text NOT NULL,
    hash   bytea NOT NULL,
    step   bigint NOT NULL
);
CREATE TABLE marks (
    number   bigint PRIMARY KEY,
    entry    bigint NOT NULL,
    snapshot bigint NOT NULL,
    at       text,
    step     bigint NOT NULL
);
CREATE TABLE numbers (                  -- the last number that was given in a table, never to be given twice
    relation text PRIMARY KEY,
    last     bigint NOT NULL,
    step     bigint NOT NULL
);
CREATE TABLE gone (                     -- keys of what was taken out, and no words
    relation text NOT NULL,
    key      bytea NOT NULL,
    step     bigint NOT NULL,
    PRIMARY KEY (relation, key)
);
CREATE TABLE queue (                    -- what is to be read; whoever reads a row holds it meanwhile
    number    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    origin    bytea NOT NULL,           -- words
    publisher text,
    published text,
    bytes     bytea NOT NULL
);

-- Takes the next step: from here to the end of the transaction nobody else changes the case. Gives the step, its
-- mark, and the mark of the step at which the mirror of who asks stands.
CREATE FUNCTION take_step(mine bigint, OUT taken bigint, OUT mark text, OUT known text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    UPDATE stand SET step = step + 1, taken_by = pg_current_xact_id() RETURNING step INTO taken;
    INSERT INTO steps AS s (step, member) VALUES (taken, session_user) RETURNING s.mark INTO mark;
    SELECT s.mark INTO known FROM steps s WHERE s.step = mine;
END $$;

CREATE FUNCTION numbered() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
BEGIN
    SELECT s.step INTO NEW.step FROM stand s WHERE s.taken_by = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a row of a case changes within a step: use madar';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION buried() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = {schema}, pg_temp AS $$
DECLARE
    this bigint;
    key  bytea;
BEGIN
    SELECT s.step INTO this FROM stand s WHERE s.taken_by = pg_current_xact_id();
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a row of a case changes within a step: use madar';
    END IF;
    IF TG_ARGV[0] = 'number' THEN
        key := int8send(OLD.number);
    ELSIF TG_ARGV[0] = 'origin' THEN
        key := '';                      -- words: that something went is all that is told
    ELSE
        EXECUTE format('SELECT ($1).%I', TG_ARGV[0]) INTO key USING OLD;
    END IF;
    INSERT INTO gone AS g (relation, key, step) VALUES (TG_TABLE_NAME, key, this)
    ON CONFLICT ON CONSTRAINT gone_pkey DO UPDATE SET step = excluded.step;
    RETURN NULL;
END $$;

DO $$
DECLARE
    kept text[] := ARRAY['documents', 'captures', 'readings', 'failures', 'decisions', 'snapshots', 'custody', 'marks'];
    of    text;
    named text;
    keys text[] := ARRAY['id', 'bytes', 'document', 'origin', 'number', 'number', 'number', 'number'];
BEGIN
    FOR at IN 1 .. array_length(kept, 1) LOOP
        EXECUTE format('CREATE TRIGGER numbered BEFORE INSERT OR UPDATE ON %I
                        FOR EACH ROW EXECUTE FUNCTION numbered()', kept[at]);
        EXECUTE format('CREATE TRIGGER buried AFTER DELETE ON %I
                        FOR EACH ROW EXECUTE FUNCTION buried(%L)', kept[at], keys[at]);
        EXECUTE format('CREATE INDEX ON %I (step)', kept[at]);
    END LOOP;
    -- the server's statistics would keep words of what was taken out
    FOR of, named IN SELECT table_name, column_name FROM information_schema.columns
        WHERE table_schema = '{schema}' AND data_type IN ('bytea', 'text') LOOP
        EXECUTE format('ALTER TABLE %I ALTER COLUMN %I SET STATISTICS 0', of, named);
    END LOOP;
END $$;
CREATE TRIGGER numbered BEFORE INSERT OR UPDATE ON numbers FOR EACH ROW EXECUTE FUNCTION numbered();
CREATE INDEX ON gone (step);

-- Who may what. Whoever decides puts in and takes nothing out; nobody but administrators takes anything out.
REVOKE ALL ON FUNCTION take_step, numbered, buried FROM PUBLIC;
GRANT USAGE ON SCHEMA {schema} TO {read};
GRANT SELECT ON ALL TABLES IN SCHEMA {schema} TO {read};
GRANT EXECUTE ON FUNCTION take_step TO {decide};
GRANT INSERT ON documents, captures, readings, failures, decisions, snapshots, custody, marks, numbers, queue
    TO {decide};
GRANT UPDATE ON documents, captures, readings, failures, numbers, queue TO {decide};
GRANT DELETE ON failures, queue TO {decide};
GRANT DELETE ON documents, captures, readings, decisions, snapshots TO {administer};
