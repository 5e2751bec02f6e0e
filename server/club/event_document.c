/* Documents of an event: each a link, or a file that whoever sees the event may open. */
#include "club/event_form.h"
#include "club/file.h"
#include "club/meeting_link.h"
#include "club/rows.h"

const struct field event_document_fields[] = {
    FIELD_LINE(struct event_document, label, 1, LIMIT_TITLE_CHARS, "What it is"),
    FIELD_LINE_OPT(struct event_document, link, 1, LIMIT_LINK_CHARS, "Where it is"),
    FIELD_OBJECT_OPT(struct event_document, file, file, file_fields, "Or the file it is"),
    FIELD_END,
};
const struct field event_document_in_fields[] = {
    FIELD_LINE(struct event_document_in, label, 1, LIMIT_TITLE_CHARS, "What it is"),
    FIELD_LINE_OPT(struct event_document_in, link, 1, LIMIT_LINK_CHARS, "Where it is"),
    FIELD_LINE_OPT(struct event_document_in, file, FILE_KEY_CHARS, FILE_KEY_CHARS,
                   "Or the key of the file it is"),
    FIELD_END,
};

SQL(documents_of,
    "SELECT label, link, file FROM event_document WHERE event = ?1 ORDER BY position");

/* The file of a document, among those of its event, which come in the order of the documents. */
struct list event_documents(struct tx *tx, int64_t event)
{
    struct {
        struct event_document *items;
        size_t count, capacity;
    } documents = {0};
    struct list files = files_of(tx, FILE_OF_EVENT, event);
    const struct file *file = files.items, *end = file + files.count;
    for (struct rows rows = db_select(tx->db, &documents_of, event); rows_next(&rows);) {
        struct event_document document = {
            .label = rows_copy(&rows, 0, tx->arena),
            .link = rows_some(tx, &rows, 1),
            .file = rows_int(&rows, 2) && file < end ? file++ : NULL,
        };
        ARENA_PUSH(tx->arena, &documents, document);
    }
    return (struct list){documents.items, documents.count};
}

enum err event_documents_check(struct tx *tx, const struct list *list)
{
    const struct event_document_in *documents = list->items;
    enum err err = ERR_NONE;
    for (size_t i = 0; i < list->count && !err; i++) {
        const char *platform;
        const char *field = arena_printf(tx->arena, "documents[%zu].link", i);
        if (!documents[i].link == !documents[i].file) {
            return tx_fail(tx, ERR_VALUE, arena_printf(tx->arena, "documents[%zu]", i),
                           PHRASE("donnez un lien ou un fichier", "give a link or a file"));
        }
        if (documents[i].link) {
            err = meeting_link_check(documents[i].link, field, &platform, tx->problem);
        }
    }
    return err;
}

SQL(no_documents, "DELETE FROM event_document WHERE event = ?1");
SQL(add_document, "INSERT INTO event_document (event, position, label, link, file)"
                  " VALUES (?1, ?2, ?3, ?4, ?5)");

enum err event_documents_write(struct tx *tx, int64_t event, const struct list *list)
{
    const struct event_document_in *documents = list->items;
    struct {
        const char **items;
        size_t count, capacity;
    } keys = {0};
    db_run(tx->db, &no_documents, event);
    for (size_t i = 0; i < list->count; i++) {
        db_run(tx->db, &add_document, event, (int64_t)i, documents[i].label,
               text_or_empty(documents[i].link), documents[i].file != NULL);
        if (documents[i].file) {
            ARENA_PUSH(tx->arena, &keys, documents[i].file);
        }
    }
    return files_place(tx, FILE_OF_EVENT, event, &(struct list){keys.items, keys.count},
                       "documents");
}

void event_documents_drop(struct tx *tx, int64_t event)
{
    db_run(tx->db, &no_documents, event);
    files_drop(tx, FILE_OF_EVENT, event);
}

SQL(copy_documents, "INSERT INTO event_document (event, position, label, link, file)"
                    " SELECT ?2, position, label, link, file FROM event_document WHERE event = ?1");

void event_documents_copy(struct tx *tx, int64_t from, int64_t to)
{
    db_run(tx->db, &copy_documents, from, to);
    files_copy_event(tx, from, to);
}
