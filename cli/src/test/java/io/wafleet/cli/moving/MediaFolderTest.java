package io.wafleet.cli.moving;

import io.wafleet.contract.AccountId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Only the account's own folder is copied and erased, whatever its id or a link says. */
final class MediaFolderTest {
    private static final AccountId SHOP = new AccountId("account_shop");

    @TempDir
    private Path folder;
    private Path media;
    private Path outside;

    @BeforeEach
    void lay() throws IOException {
        media = folder.resolve("media");
        outside = Files.createDirectories(folder.resolve("outside"));
        Files.writeString(outside.resolve("secret"), "x");
        for (String account : new String[]{"account_shop", "account_shop2", ".incoming"}) {
            Files.createDirectories(media.resolve(account).resolve("ab"));
            Files.writeString(media.resolve(account).resolve("ab").resolve("abcd"), "bytes");
            Files.writeString(media.resolve(account).resolve("ab").resolve("abcd.type"), "image/jpeg");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", ".incoming", "...", "..a", "a/../..", "a/b", "a\\b", "", "a\0b", "/etc"})
    void whatCouldNameAnotherFolderIsNoId(String id) {
        assertThatThrownBy(() -> AccountFolder.id(id)).isInstanceOf(CannotMoveException.class);
    }

    @Test
    void eraseTakesTheAccountsOwnFolderAndNoOther() {
        assertThat(new MediaFolder(media).erase(SHOP)).isEqualTo(1);
        assertThat(media.resolve("account_shop")).doesNotExist();
        assertThat(media.resolve("account_shop2").resolve("ab").resolve("abcd")).exists();
        assertThat(new MediaFolder(media).erase(SHOP)).isZero();
    }

    @Test
    void aLinkThatLeadsOutIsNeitherReadNorFollowed() throws IOException {
        Files.createSymbolicLink(media.resolve("account_shop").resolve("out"), outside);
        Files.createSymbolicLink(media.resolve("account_shop").resolve("file"), outside.resolve("secret"));
        Files.createSymbolicLink(media.resolve("account_link"), outside);
        Path to = folder.resolve("to");
        assertThat(new MediaFolder(media).copy(SHOP, to)).isEqualTo(1);
        assertThat(to.resolve("ab").resolve("abcd")).hasContent("bytes");
        assertThat(to.resolve("file")).doesNotExist();
        assertThat(new MediaFolder(media).erase(SHOP)).isEqualTo(1);
        assertThat(new MediaFolder(media).erase(new AccountId("account_link"))).isZero();
        assertThat(outside.resolve("secret")).hasContent("x");
    }
}
