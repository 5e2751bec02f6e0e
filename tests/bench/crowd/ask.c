/* Questions asked one after the other, and how long each waits for its answer. */
#include <fcntl.h>
#include <sched.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crowd.h"

/* What the kernel holds of a file that nobody has touched for a while is its own affair, and some
 * machines give it away within seconds: then a wait is that of the disk. */
static void keep_in_memory(const char *path)
{
    struct stat file;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &file) < 0 || file.st_size == 0) {
        die(path);
    }
    void *map = mmap(NULL, (size_t)file.st_size, PROT_READ, MAP_SHARED, fd, 0);
    if (map == MAP_FAILED || mlock(map, (size_t)file.st_size) < 0) {
        die("a file that stays in memory (RLIMIT_MEMLOCK)");
    }
    close(fd);
}

static void forget_in_memory(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0 || posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED) != 0) {
        die(path);
    }
    close(fd);
}

static void connect_anew(struct target *target)
{
    cut_all(target);
    open_all(target);
}

/* Until its answer is here, and with --heard what it made others hear as well. */
static void ask_one(struct target *target, const char *text, size_t bytes)
{
    int answered = target->answered;
    int64_t delivered = target->delivered;
    target->sockets[0].asked = true;
    send_text(&target->sockets[0], text, bytes);
    while (target->answered == answered || (asked.heard && target->delivered == delivered)) {
        turn();
    }
}

/* The kernel stops programs of real-time priority for 50 ms once they have had a core for 950 of
 * 1,000 (sched_rt_runtime_us): among a hundred questions of 20 ms that is the longest wait. So they
 * rest a little. */
static void rest_if_real_time(double ms)
{
    if (sched_getscheduler(0) != SCHED_OTHER) {
        usleep((useconds_t)(ms * 100));
    }
}

void ask(struct target *target)
{
    char line[2048];
    FILE *file = fopen(asked.questions, "r");
    if (!file) {
        die(asked.questions);
    }
    if (asked.in_memory) {
        keep_in_memory(asked.in_memory);
    }
    printf("[");
    for (const char *comma = ""; fgets(line, sizeof line, file); comma = ",") {
        if (asked.anew) {
            connect_anew(target);
        }
        if (asked.on_disk) {
            forget_in_memory(asked.on_disk);
        }
        double begun = now_s(), cpu = cpu_s(target);
        ask_one(target, line, strcspn(line, "\n"));
        double ms = (now_s() - begun) * 1e3;
        printf("%s{\"ms\":%.4f,\"cpu_ms\":%.4f}", comma, ms, (cpu_s(target) - cpu) * 1e3);
        rest_if_real_time(ms);
    }
    printf("]\n");
    fclose(file);
}
