#include "helper/job.h"

#include <string.h>
#include <unistd.h>

#include "base/media.h"
#include "helper/confine.h"
#include "helper/drawing.h"
#include "helper/reader.h"
#include "helper/sniff.h"

static struct packet_answer answer;

static bool say(uint32_t kind, int32_t number, int32_t height, const char *name, const char *text)
{
    answer.kind = kind;
    answer.number = number;
    answer.height = height;
    packet_fill(&answer, name, text, strlen(text));
    return packet_answer(JOB_FD(FD_ANSWER), &answer);
}

/* Of a zip its members say more than libmagic. */
static const char *type_of(int fd)
{
    struct content content;
    char start[4] = "";
    if (!content_of(fd, &content)) {
        return NULL;
    }
    bool is_zip = content_read(&content, 0, start, sizeof start) == sizeof start &&
                  memcmp(start, "PK\3\4", sizeof start) == 0;
    const char *type = is_zip ? office_type(&content) : NULL;
    lseek(fd, 0, SEEK_SET);
    return type ? type : sniff_type(fd);
}

static int tell_type(void)
{
    if (!confine_reader(0)) {
        return JOB_LATER;
    }
    const char *type = type_of(JOB_FD(FD_CONTENT));
    return type && say(ANSWER_TYPE, 0, 0, "", type) ? JOB_DONE : JOB_UNREADABLE;
}

static int redraw(const struct packet_request *request)
{
    struct content content;
    struct picture picture;
    if (!confine_reader(DRAWING_BYTES)) {
        return JOB_LATER;
    }
    bool drawn =
        content_of(JOB_FD(FD_CONTENT), &content) &&
        drawing_make(&content, request->type, request->side_px, JOB_FD(FD_DRAWING), &picture) &&
        say(ANSWER_PICTURE, picture.width, picture.height, "", picture.type);
    return drawn ? JOB_DONE : JOB_UNREADABLE;
}

static void say_page(void *context, const struct text_page *page)
{
    (void)context;
    if (!say(ANSWER_PAGE, page->number, 0, page->name, page->text)) {
        _exit(JOB_DONE); /* nobody listens any more */
    }
}

static int read_pdf(struct sink *sink)
{
    pid_t pid;
    int output = pdf_start(JOB_FD(FD_CONTENT), &pid);
    if (output < 0 || !confine_reader(0)) {
        return JOB_LATER;
    }
    switch (pdf_read(output, pid, sink)) {
    case PDF_READ:
        return JOB_DONE;
    case PDF_NO_PROGRAM:
        return JOB_LATER;
    case PDF_BROKEN:
        break;
    }
    return JOB_UNREADABLE;
}

static int read_text(const struct packet_request *request)
{
    static struct sink sink;
    struct content content;
    enum text_unit unit = reader_unit(request->type);
    sink_init(&sink, unit, say_page, NULL);
    enum media_read how = media_find(request->type)->read;
    if (how == MEDIA_READ_PDF) {
        return say(ANSWER_UNIT, (int32_t)unit, 0, "", "") ? read_pdf(&sink) : JOB_UNREADABLE;
    }
    if (!confine_reader(0)) {
        return JOB_LATER;
    }
    bool read =
        content_of(JOB_FD(FD_CONTENT), &content) && say(ANSWER_UNIT, (int32_t)unit, 0, "", "");
    if (how == MEDIA_READ_PLAIN) {
        read = read && plain_read(&content, &sink);
    } else {
        read = read && how == MEDIA_READ_OFFICE && office_read(&content, request->type, &sink);
    }
    return read ? JOB_DONE : JOB_UNREADABLE;
}

/* What a library has to say of a file is not for the server's log. */
static void be_silent(void)
{
#ifndef __SANITIZE_ADDRESS__
    dup2(STDOUT_FILENO, STDERR_FILENO); /* /dev/null, in the helper */
#endif
}

int job_run(const struct packet_request *request)
{
    be_silent();
    switch (request->kind) {
    case REQUEST_TYPE:
        return tell_type();
    case REQUEST_REDRAW:
        return redraw(request);
    default:
        return read_text(request);
    }
}
