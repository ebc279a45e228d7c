package io.wafleet.contract;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

final class ContentTest {
    private static Content read(String json) {
        return JsonCodec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), Content.class);
    }

    private static String refusal(String json) {
        return String.valueOf(catchThrowableOfType(UnreadableRecordException.class, () -> read(json)).getMessage());
    }

    @Test
    void textIsReadAndWrittenAsEver() {
        assertThat(read("{'type':'text','text':'hello'}")).isEqualTo(new Content.Text("hello"));
        assertThat(JsonCodec.text(new Content.Text("hello"))).isEqualTo("{\"type\":\"text\",\"text\":\"hello\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{'type':'image','url':'https://a.example/x.png'}",
        "{'type':'image','url':'HTTP://a.example:8080/x?y=%20#z','caption':'c','mimetype':'image/png'}",
        "{'type':'voice','url':'http://[2001:db8::1]/v','mimetype':'audio/ogg; codecs=opus'}",
        "{'type':'document','url':'http://a.example','fileName':'offer 1.pdf'}",
        "{'type':'location','latitude':-90,'longitude':180}",
        "{'type':'contact','name':'Ana','phones':['+40712345678']}",
        "{'type':'reaction','message':{'id':'3A','from':'40712345678@s.whatsapp.net'},'emoji':'❤️'}",
        "{'type':'reaction','message':{'id':'3A'},'emoji':'👨‍👩‍👧'}",
        "{'type':'reaction','message':{'id':'3A'},'emoji':''}",
        "{'type':'reaction','message':{'id':'3A'},'emoji':'1️⃣'}", "{'type':'delete','message':{'id':'3A'}}",
        "{'type':'text','text':'yes','quoted':{'id':'3A'}}"})
    void acceptsWhatWhatsAppWould(String json) {
        assertThat(read(json)).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', delimiter = '|', textBlock = """
            {'type':'text'} | text is missing
            {'type':'text','text':''} | text must have 1 to 65536 characters
            {'type':'image'} | url is missing
            {'type':'image','url':'ftp://a.example/x'} | url must begin with http:// or https://
            {'type':'image','url':'file:///etc/passwd'} | url must begin with http:// or https://
            {'type':'image','url':'x.png'} | url must begin with http:// or https://
            {'type':'image','url':'http:///x.png'} | url must name a host
            {'type':'image','url':'http://a.example:0/'} | url must name a host
            {'type':'image','url':'http://a.example:99999/'} | url must name a host
            {'type':'image','url':'http://u:p@a.example/'} | url must hold no user or password
            {'type':'image','url':'http://a.example/ă'} | url must have at most 2048 characters, all of them ASCII
            {'type':'image','url':'http://a b/'} | field url: is not a valid URI
            {'type':'image','url':'http://a.example/','caption':''} | caption must have 1 to 1024 characters
            {'type':'image','url':'http://a.example/','mimetype':'video/mp4'} | mimetype must be a media type that begins with image/
            {'type':'document','url':'http://a.example/','mimetype':'pdf'} | mimetype must be a media type such as
            {'type':'document','url':'http://a.example/','mimetype':'text/html\\r\\nX: y'} | mimetype must be a media type such as
            {'type':'document','url':'http://a.example/','fileName':'../x'} | fileName must hold no slash
            {'type':'location','latitude':90.1,'longitude':0} | latitude must be from -90 to 90
            {'type':'location','latitude':0,'longitude':-180.5} | longitude must be from -180 to 180
            {'type':'location','latitude':0} | longitude is missing
            {'type':'contact','name':'Ana','phones':[]} | phones must be 1 to 20 phone numbers
            {'type':'contact','name':'Ana'} | phones is missing
            {'type':'contact','phones':['+40712345678']} | name is missing
            {'type':'contact','name':'Ana','phones':['0712']} | phone must be + and 4 to 15 digits
            {'type':'reaction','message':{'id':'3A'}} | emoji is missing
            {'type':'reaction','emoji':'👍'} | message is missing
            {'type':'reaction','message':{'id':'3A'},'emoji':'👍👍'} | emoji must be one emoji
            {'type':'reaction','message':{'id':'3A'},'emoji':'ok'} | emoji must be one emoji
            {'type':'reaction','message':{'id':'3A'},'emoji':'1'} | emoji must be one emoji
            {'type':'edit','message':{'id':'3A','from':'40712345678@s.whatsapp.net'},'text':'x'} | message.from must be absent
            {'type':'edit','message':{'id':'3A'}} | text is missing
            {'type':'delete'} | message is missing
            {'type':'text','text':'x','quoted':{}} | field quoted: id is missing
            {'type':'text','text':'x','quoted':{'id':'a b'}} | field quoted.id: MessageId must be
            {'type':'poll','text':'x'} | type is not known
            """)
    void saysWhichRuleIsBroken(String json, String rule) {
        assertThat(refusal(json)).contains(rule);
    }

    /** Accents can be piled up on one without end; it is one character all the same. */
    @Test
    void anEmojiHasAnEnd() {
        MessageRef message = new MessageRef(new MessageId("3A"), null);
        assertThatThrownBy(() -> new Content.Reaction(message, "\uD83D\uDC4D" + "\u0301".repeat(100)))
                .hasMessageContaining("emoji must be one emoji");
    }
}
