#include "live/inbox.h"

#include "base/mem.h"

void inbox_init(struct inbox *inbox, void (*wake)(void *context), void *context)
{
    *inbox = (struct inbox){.wake = wake, .context = context};
    pthread_mutex_init(&inbox->lock, NULL);
    inbox->last = &inbox->first;
}

void inbox_finish(struct inbox *inbox)
{
    pthread_mutex_destroy(&inbox->lock);
}

void inbox_put(struct inbox *inbox, struct report *report, struct job *requests)
{
    struct parcel *parcel = MEM_NEW(struct parcel);
    parcel->report = report;
    parcel->requests = requests;
    pthread_mutex_lock(&inbox->lock);
    bool sleeping = inbox->first == NULL;
    *inbox->last = parcel;
    inbox->last = &parcel->next;
    pthread_mutex_unlock(&inbox->lock);
    if (sleeping) {
        inbox->wake(inbox->context);
    }
}

struct parcel *inbox_take(struct inbox *inbox)
{
    pthread_mutex_lock(&inbox->lock);
    struct parcel *first = inbox->first;
    inbox->first = NULL;
    inbox->last = &inbox->first;
    pthread_mutex_unlock(&inbox->lock);
    return first;
}
