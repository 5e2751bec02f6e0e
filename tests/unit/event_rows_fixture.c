#include "event_rows_fixture.h"

enum { IN_DAYS = 10, HOURS = 2 };

int64_t fixture_event(struct club_fixture *f, int64_t club)
{
    int64_t starts_at = f->now_ms + IN_DAYS * MS_PER_DAY;
    fixture_sql(f,
                "INSERT INTO event (uid, club, kind, title, description, nodes, scope, starts_at,"
                " ends_at, zone, registration, state, created_at, changed_at)"
                " VALUES (lower(hex(randomblob(16))), %lld, 'seance', 'Séance', '', '[]', 'clubs',"
                " %lld, %lld, 'Europe/Paris', 'open', 'published', %lld, %lld)",
                (long long)club, (long long)starts_at, (long long)(starts_at + HOURS * MS_PER_HOUR),
                (long long)f->now_ms, (long long)f->now_ms);
    int64_t event = db_last_id(f->db);
    fixture_announce(f, event, club);
    return event;
}

void fixture_event_set(struct club_fixture *f, int64_t event, const char *assignments)
{
    fixture_sql(f, "UPDATE event SET %s WHERE id = %lld", assignments, (long long)event);
}

void fixture_event_network(struct club_fixture *f, int64_t event)
{
    fixture_sql(f, "DELETE FROM event_club WHERE event = %lld", (long long)event);
    fixture_event_set(f, event, "scope = 'network'");
}

void fixture_announce(struct club_fixture *f, int64_t event, int64_t club)
{
    fixture_sql(f, "INSERT INTO event_club VALUES (%lld, %lld)", (long long)event, (long long)club);
}

void fixture_ask_role(struct club_fixture *f, int64_t event, enum role role)
{
    fixture_sql(f, "INSERT INTO event_role VALUES (%lld, '%s')", (long long)event,
                role_choice.words[role]);
}

int64_t fixture_event_channel(struct club_fixture *f, int64_t event)
{
    fixture_sql(f,
                "INSERT INTO channel (club, kind, name, created_at)"
                " SELECT club, 'event', title, 0 FROM event WHERE id = %lld",
                (long long)event);
    int64_t channel = db_last_id(f->db);
    fixture_sql(f, "UPDATE event SET channel = %lld WHERE id = %lld", (long long)channel,
                (long long)event);
    return channel;
}

void fixture_seat(struct club_fixture *f, int64_t event, int64_t person, const char *state)
{
    fixture_sql(f,
                "INSERT INTO registration (event, person, state, turn, invited, role, created_at,"
                " changed_at) VALUES (%lld, %lld, '%s', (SELECT count(*) FROM registration), %d,"
                " 'elu', 0, 0) ON CONFLICT DO UPDATE SET state = excluded.state",
                (long long)event, (long long)person, state, state[0] == 'i');
}
