package io.wafleet.cli.moving;

import io.wafleet.contract.AccountId;
import io.wafleet.contract.Command;
import io.wafleet.contract.CommandId;
import io.wafleet.contract.PhoneNumber;
import io.wafleet.kafka.KafkaClients;
import java.time.Instant;
import java.util.List;

/** An import that is killed between its two orders for an account. */
public final class HalfImport {
    private HalfImport() {}

    /** Leaves an account as it would be shown a QR. */
    public static void leave(KafkaClients clients, AccountId account, PhoneNumber phone) {
        new FleetOrders(clients).carryOut(List.of(account), (id, epoch) -> List.of(new Command.LinkAccount(
                new CommandId(FleetAccounts.IMPORT + "killed"), id, Instant.now(), epoch, phone, "Old")));
    }
}
