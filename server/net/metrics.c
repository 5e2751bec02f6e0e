#include <sys/resource.h>

#include "net/exchange.h"

static void add(struct buf *out, const char *name, const char *type, int64_t value)
{
    buf_printf(out, "# TYPE beffroi_net_%s %s\nbeffroi_net_%s %lld\n", name, type, name,
               (long long)value);
}

void metrics_write(struct net *net, struct buf *out)
{
    const struct net_counters *counters = &net->counters;
    add(out, "connections", "gauge", net->connection_count);
    add(out, "sockets", "gauge", counters->sockets);
    add(out, "passing", "gauge", net->passing.count);
    add(out, "uploads", "gauge", net->upload_count);
    add(out, "downloads", "gauge", net->download_count);
    add(out, "accepted_total", "counter", counters->accepted);
    add(out, "refused_total", "counter", counters->refused);
    add(out, "dawdlers_cut_total", "counter", counters->dawdlers);
    add(out, "requests_total", "counter", counters->requests);
    add(out, "sockets_opened_total", "counter", counters->sockets_opened);
    add(out, "frames_received_total", "counter", counters->frames_in);
    add(out, "writes_total", "counter", counters->writes);
    add(out, "sent_bytes_total", "counter", counters->bytes_out);
    add(out, "backed_up_total", "counter", counters->backed_up);
    add(out, "slow_turns_total", "counter", counters->slow_turns);
    add(out, "library_complaints_total", "counter", counters->complaints);
    live_metrics(net->live, out);
}
