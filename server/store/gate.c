#include "store/gate.h"

void gate_init(struct gate *gate)
{
    *gate = (struct gate){0};
    pthread_mutex_init(&gate->lock, NULL);
    pthread_cond_init(&gate->opened, NULL);
}

void gate_finish(struct gate *gate)
{
    pthread_cond_destroy(&gate->opened);
    pthread_mutex_destroy(&gate->lock);
}

void gate_enter(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    while (gate->closed) {
        pthread_cond_wait(&gate->opened, &gate->lock);
    }
    gate->inside++;
    pthread_mutex_unlock(&gate->lock);
}

void gate_leave(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->inside--;
    pthread_mutex_unlock(&gate->lock);
}

bool gate_hurries(const struct gate *gate)
{
    return atomic_load_explicit(&gate->hurried, memory_order_relaxed);
}

bool gate_close(struct gate *gate, bool hurry)
{
    pthread_mutex_lock(&gate->lock);
    gate->closed = true;
    atomic_store(&gate->hurried, hurry);
    bool empty = gate->inside == 0;
    pthread_mutex_unlock(&gate->lock);
    return empty;
}

void gate_open(struct gate *gate)
{
    pthread_mutex_lock(&gate->lock);
    gate->closed = false;
    atomic_store(&gate->hurried, false);
    pthread_cond_broadcast(&gate->opened);
    pthread_mutex_unlock(&gate->lock);
}
