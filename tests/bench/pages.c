/* Pages of text a second, through the helper, one job after the other. Prints JSON: of each format
 * the rate, and that of its floor in the same run, in turns: pdftotext alone, started and read to
 * nowhere; of an office format its reader alone, without process or bounds.
 *   pages ROUNDS */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "helper/reader.h"
#include "helper_fixture.h"
#include "office_fixture.h"

enum { PAGES = 10, LINES = 45, DOCUMENTS = 20 };

static const char line[] =
    "La ville de Beffroy signe avec ses partenaires une convention cadre pour "
    "ses halles, ses commerces et ses logements vacants.";

/* --- documents of ten pages ------------------------------------------------------------------- */

static void make_text_pdf(struct buf *out)
{
    struct buf page;
    const char *pages[PAGES + 1] = {NULL};
    buf_init(&page);
    for (int i = 0; i < LINES; i++) {
        buf_printf(&page, "%s%s", i > 0 ? ") Tj 0 -16 Td (" : "", line);
    }
    buf_add(&page, "", 1);
    for (int i = 0; i < PAGES; i++) {
        pages[i] = page.data;
    }
    make_pdf(out, pages);
    buf_finish(&page);
}

static void make_office(struct buf *out, const char *member, const char *before,
                        const char *paragraph, const char *after)
{
    struct buf content;
    buf_init(&content);
    buf_text(&content, before);
    for (int i = 0; i < PAGES * LINES; i++) {
        buf_text(&content, paragraph);
        buf_text(&content, line);
        buf_text(&content, after);
    }
    buf_text(&content, "</a>");
    buf_add(&content, "", 1);
    const char *const members[] = {member, content.data, NULL};
    make_zip(out, members);
    buf_finish(&content);
}

/* --- ways to read one ------------------------------------------------------------------------- */

static void forget_page(void *context, const struct text_page *page)
{
    *(size_t *)context += strlen(page->text);
}

/* Bytes of text found; each way must find about the same. */
static size_t by_helper(int fd, const char *type)
{
    size_t bytes = 0;
    enum text_unit unit;
    return helper_text(helper, fd, type, &unit, forget_page, &bytes) == HELPER_DONE ? bytes : 0;
}

static size_t by_reader(int fd, const char *type)
{
    static struct sink sink;
    size_t bytes = 0;
    struct content content;
    sink_init(&sink, UNIT_NONE, forget_page, &bytes);
    return content_of(fd, &content) && office_read(&content, type, &sink) ? bytes : 0;
}

static size_t by_pdftotext(int fd, const char *type)
{
    const char *const arguments[] = {"pdftotext", "-q", "-", "-", NULL};
    posix_spawn_file_actions_t actions;
    pid_t pid;
    int status = 1;
    (void)type;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, fd, STDIN_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    lseek(fd, 0, SEEK_SET);
    if (posix_spawn(&pid, "/usr/bin/pdftotext", &actions, NULL, mem_unconst(arguments), environ) ==
        0) {
        waitpid(pid, &status, 0);
    }
    posix_spawn_file_actions_destroy(&actions);
    return status == 0;
}

/* Pages a second. */
static double rate(size_t (*way)(int fd, const char *type), int fd, const char *type)
{
    int64_t before_us = clock_mono_us();
    for (int i = 0; i < DOCUMENTS; i++) {
        if (way(fd, type) == 0) {
            fprintf(stderr, "pages: nothing was read\n");
            exit(1);
        }
    }
    return (double)(DOCUMENTS * PAGES) * 1e6 / (double)(clock_mono_us() - before_us);
}

static void measure(const char *name, const struct buf *file, const char *type,
                    size_t (*floor)(int fd, const char *type), int rounds, const char *after)
{
    int fd = file_of(file->data, file->len);
    printf("{\"name\": \"%s\", \"rounds\": [", name);
    for (int i = 0; i < rounds; i++) {
        printf("%s[%.1f, %.1f]", i > 0 ? ", " : "", rate(by_helper, fd, type),
               rate(floor, fd, type));
    }
    printf("]}%s\n", after);
    close(fd);
}

int main(int argc, char **argv)
{
    int rounds = argc > 1 ? atoi(argv[1]) : 5;
    struct buf pdf, docx, odt;
    make_text_pdf(&pdf);
    make_office(&docx, "word/document.xml", "<a>", "<p><r><t>", "</t></r></p>");
    make_office(&odt, "content.xml", "<a>", "<p>", "</p>");
    if (fixture_start_helper(NULL) != 0) {
        return 1;
    }
    printf("[");
    measure("PDF", &pdf, "application/pdf", by_pdftotext, rounds, ",");
    measure("DOCX", &docx, OOXML "wordprocessingml.document", by_reader, rounds, ",");
    measure("ODT", &odt, ODF "text", by_reader, rounds, "]");
    fixture_stop_helper(NULL);
    buf_finish(&pdf);
    buf_finish(&docx);
    buf_finish(&odt);
    return 0;
}
