package io.wafleet.outbox.core;

/** The fake keeps the contract. */
class MemoryStoreTest extends OutboxStoreContract {
    @Override
    protected OutboxStore empty() {
        return new MemoryStore();
    }
}
