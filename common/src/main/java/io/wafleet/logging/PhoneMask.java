package io.wafleet.logging;

import io.wafleet.contract.PhoneNumber;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Hides phone numbers in any text: {@code +40712345678} becomes {@code +407****78}. A second guard: ours mask themselves. */
public final class PhoneMask {
    /** 8 to 15 digits after a plus, or 10 to 15 that no letter, digit, dot, dash or colon adjoins (ids and times stay). */
    private static final Pattern PHONE = Pattern
            .compile("\\+(?<plus>\\d{8,15})(?!\\d)|(?<![\\w.:-])(?<bare>\\d{10,15})(?![\\w:-]|\\.\\d)");

    private PhoneMask() {}

    public static String mask(String text) {
        Matcher matcher = PHONE.matcher(text);
        if (!matcher.find()) {
            return text;
        }
        return matcher.replaceAll(m -> {
            String plus = m.group("plus");
            return plus == null ? PhoneNumber.mask(m.group("bare")) : "\\+" + PhoneNumber.mask(plus);
        });
    }
}
