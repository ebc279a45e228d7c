package io.wafleet.conversations.sqlite;

import io.wafleet.contract.UnreadableRecordException;
import io.wafleet.conversations.StoreUnavailableException;
import io.wafleet.conversations.StoreUnavailableException.Reason;
import java.nio.file.Path;
import java.sql.SQLException;
import org.sqlite.SQLiteException;

/** What SQLite's errors mean for those who wait. */
final class SqliteFailures {
    private static final int PRIMARY_CODE = 0xFF;

    private SqliteFailures() {}

    static StoreUnavailableException of(Path file, SQLException e) {
        Reason reason = reason(e);
        return new StoreUnavailableException(reason, switch (reason) {
            case BUSY -> "store " + file + " is locked: another process writes to it for too long";
            case FULL -> "store " + file + " cannot grow: the disk is full";
            case CORRUPT ->
                "store " + file + " is damaged or no SQLite file: put a backup in its place, or build it anew";
            case DOWN, MISSING, OLDER, NEWER ->
                "store " + file + " cannot be read or written (SQLite code " + code(e) + ")";
        }, e);
    }

    static StoreUnavailableException unreadable(Path file, UnreadableRecordException e) {
        return new StoreUnavailableException(Reason.CORRUPT,
                "store " + file + " holds a document that this release cannot read: " + e.getMessage(), e);
    }

    static boolean isBusy(SQLException e) {
        return reason(e) == Reason.BUSY;
    }

    private static Reason reason(SQLException e) {
        if (!(e instanceof SQLiteException)) {
            return Reason.DOWN;
        }
        // https://www.sqlite.org/rescode.html
        return switch (code(e) & PRIMARY_CODE) {
            case 5, 6 -> Reason.BUSY;
            case 13 -> Reason.FULL;
            case 11, 26 -> Reason.CORRUPT;
            default -> Reason.DOWN;
        };
    }

    private static int code(SQLException e) {
        return e instanceof SQLiteException sqlite ? sqlite.getResultCode().code : e.getErrorCode();
    }
}
