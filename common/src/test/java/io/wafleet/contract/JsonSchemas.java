package io.wafleet.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonValue;
import com.github.victools.jsonschema.generator.CustomDefinition;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerationContext;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.generator.TypeScope;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import com.github.victools.jsonschema.module.jackson.JacksonSchemaModule;
import java.lang.reflect.Field;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Makes JSON Schemas (2020-12) from the contract's records and their annotations. */
final class JsonSchemas {
    private static final SchemaGenerator GENERATOR = generator();

    private JsonSchemas() {}

    static ObjectNode of(ContractType type) {
        ObjectNode schema = GENERATOR.generateSchema(type.type());
        ObjectNode titled = schema.objectNode();
        titled.set("$schema", schema.remove("$schema"));
        titled.put("title", type.name());
        titled.put("description", type.description());
        titled.setAll(schema);
        return titled;
    }

    private static SchemaGenerator generator() {
        SchemaGeneratorConfigBuilder builder = new SchemaGeneratorConfigBuilder(SchemaVersion.DRAFT_2020_12,
                OptionPreset.PLAIN_JSON)
                .with(new JacksonSchemaModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY,
                        JacksonOption.INLINE_TRANSFORMED_SUBTYPES))
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES,
                        Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        builder.forFields().withRequiredCheck(field -> !isNullable(field.getRawMember()));
        builder.forTypesInGeneral()
                .withCustomDefinitionProvider((type, context) -> simple(type.getErasedType(), context))
                .withTypeAttributeOverride(JsonSchemas::addVersion).withTypeAttributeOverride(JsonSchemas::addType);
        return new SchemaGenerator(builder.build());
    }

    private static boolean isNullable(Field field) {
        return field.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    /** An id, phone or chat is written as its one value. */
    private static @Nullable CustomDefinition simple(Class<?> type, SchemaGenerationContext context) {
        if (!type.isRecord()) {
            return null;
        }
        Optional<RecordComponent> value = Arrays.stream(type.getRecordComponents())
                .filter(c -> c.getAccessor().isAnnotationPresent(JsonValue.class)).findFirst();
        return value
                .map(c -> new CustomDefinition(context.createDefinition(context.getTypeContext().resolve(c.getType()))))
                .orElse(null);
    }

    /** {@code v} is no component, so the generator does not see it. */
    private static void addVersion(ObjectNode node, TypeScope scope, SchemaGenerationContext context) {
        if (scope.getType() != null && scope.getType().isInstanceOf(Versioned.class)
                && scope.getType().getErasedType().isRecord()
                && node.get("properties") instanceof ObjectNode properties) {
            properties.putObject("v").put("type", "integer").put("maximum", Versioned.SCHEMA_VERSION);
        }
    }

    /** The generator does not see the type's word when an interface stands between a record and the one that lists it. */
    private static void addType(ObjectNode node, TypeScope scope, SchemaGenerationContext context) {
        if (scope.getType() == null || !scope.getType().getErasedType().isRecord()
                || !(node.get("properties") instanceof ObjectNode properties) || properties.has("type")) {
            return;
        }
        Class<?> record = scope.getType().getErasedType();
        interfaces(record).flatMap(i -> Stream.ofNullable(i.getAnnotation(JsonSubTypes.class)))
                .flatMap(types -> Arrays.stream(types.value())).filter(t -> t.value() == record).findFirst()
                .ifPresent(t -> {
                    properties.putObject("type").put("const", t.name());
                    node.withArray("required").add("type");
                });
    }

    private static Stream<Class<?>> interfaces(Class<?> type) {
        return Arrays.stream(type.getInterfaces()).flatMap(i -> Stream.concat(Stream.of(i), interfaces(i)));
    }
}
