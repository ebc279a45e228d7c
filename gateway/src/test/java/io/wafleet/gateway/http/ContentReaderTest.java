package io.wafleet.gateway.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.wafleet.contract.Content;
import io.wafleet.gateway.request.Recipients;
import io.wafleet.identity.PhoneNumbers;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class ContentReaderTest {
    private final PhoneNumbers phones = new PhoneNumbers("RO");
    private final ContentReader reader = new ContentReader(new Recipients(phones::parse), phones::parse);

    private Content read(String json) {
        return reader.read(new JsonObject(json.replace('\'', '"')));
    }

    @Test
    void aMessageIsPlainText() {
        assertThat(read("{'message':'hello'}")).isEqualTo(new Content.Text("hello"))
                .isEqualTo(read("{'content':{'type':'text','text':'hello'}}"));
    }

    @Test
    void whoeverIsNamedIsCanonicalised() {
        String said = "{'content':{'type':'contact','name':'Ana','phones':['0712 345 678'],"
                + "'quoted':{'id':'3A','from':'40722000111:4@C.US'}}}";
        assertThat(read(said)).isEqualTo(read("{'content':{'type':'contact','name':'Ana','phones':['+40712345678'],"
                + "'quoted':{'id':'3A','from':'40722000111@s.whatsapp.net'}}}"));
        assertThat(read("{'content':{'type':'reaction','message':{'id':'3A','from':'0722 000 111'},'emoji':'👍'}}"))
                .isEqualTo(read("{'content':{'type':'reaction','message':{'id':'3A','from':'40722000111@c.us'},"
                        + "'emoji':'👍'}}"));
    }

    @Test
    void aCardOfTooManyPhonesIsRefusedBeforeTheyAreRead() {
        ContentReader unread = new ContentReader(new Recipients(phones::parse), _ -> {
            throw new IllegalStateException("read");
        });
        JsonObject said = new JsonObject().put("content", new JsonObject().put("type", "contact").put("name", "Ana")
                .put("phones", new JsonArray(Collections.nCopies(21, "0712345678"))));
        assertThat(catchThrowableOfType(Problem.class, () -> unread.read(said)))
                .hasMessage("content.phones: must be 1 to 20 phone numbers");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            {} | message: is missing; either message or content must be given
            {'message':'x','content':{'type':'text','text':'x'}} | content: must not be given beside message
            {'message':''} | message: must have 1 to 65536 characters
            {'content':{}} | content.type: is missing
            {'content':{'type':'poll'}} | content.type: is not known
            {'content':{'type':'text'}} | content.text: is missing
            {'content':{'type':'image','url':'ftp://x/y'}} | content.url: must begin with http:// or https://
            {'content':{'type':'image','url':'http://a b'}} | content.url: must be a URL
            {'content':{'type':'location','latitude':'north','longitude':1}} | content.latitude: must be a number
            {'content':{'type':'location','latitude':91,'longitude':1}} | content.latitude: must be from -90 to 90
            {'content':{'type':'contact','name':'Ana','phones':['call me']}} | content.phones: must be possible phone numbers
            {'content':{'type':'contact','name':'Ana','phones':[7]}} | content.phones: must be a list of strings
            {'content':{'type':'contact','name':'Ana','phones':[null]}} | content.phones: must be a list of strings
            {'content':{'type':'contact','name':'Ana','phones':'0712345678'}} | content.phones: must be a list of strings
            {'content':{'type':'contact','name':'Ana\\nTEL:0','phones':['0712345678']}} | content.name: must hold no control character
            {'content':{'type':'location','latitude':'1','longitude':1}} | content.latitude: must be a number
            {'content':{'type':'location','latitude':1,'longitude':1,'name':'a\\rb'}} | content.name: must hold no control character
            {'content':{'type':'text','text':1}} | content.text: must be a string
            {'content':{'type':7,'text':'x'}} | content.type: must be a string
            {'content':{'type':'text','text':'x','caption':'y'}} | content: has a field that it cannot have; known are quoted, text
            {'content':{'type':'text','text':'x','quoted':'3A'}} | content.quoted: must be an object
            {'content':{'type':'text','text':'x','quoted':{'id':'3A','form':'1'}}} | content.quoted: has a field that it cannot have; known are from, id
            {'content':{'type':'text','text':' '}} | content.text: must not be blank
            {'message':' \\n '} | message: must not be blank
            {'message':'a\\u0000b'} | message: must hold no control character but tab and line end
            {'content':{'type':'edit','message':{'id':'3A','from':'0722000111'},'text':'x'}} | content.message.from: must be absent
            {'content':{'type':'delete','message':{'from':'0722000111'}}} | content.message: id is missing
            {'content':{'type':'delete','message':{'id':'3A','from':'nobody'}}} | content.message.from: must be a possible phone number
            {'content':{'type':'text','text':'\\ud800'}} | content: must be text without unpaired surrogates
            """)
    void namesTheFieldAndTheRule(String json, String error) {
        assertThat(catchThrowableOfType(Problem.class, () -> read(json)).getMessage()).startsWith(error);
    }
}
