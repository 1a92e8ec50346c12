package dev.hone.faults;

import static dev.hone.faults.OneReply.chatReply;
import static dev.hone.faults.OneReply.json;
import static dev.hone.faults.OneReply.section;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The record may be one object too deep or too shallow. */
class WrappedRecordsTest {
  record Person(String name, int age) {}

  record P(Person person) {}

  record L(List<Person> people) {}

  @Test
  void anObjectAroundTheRecordOrNoneIsRead() {
    String r = "P[person=Person[name=A, age=3]]";
    chatReply(P.class, section("person", "{\"Person\": {\"name\": \"A\", \"age\": 3}}"), r);
    chatReply(P.class, section("person", "{\"person\": {\"name\": \"A\", \"age\": 3}}"), r);
    json(P.class, "{\"person\": {\"Person\": {\"name\": \"A\", \"age\": 3}}}", r);
    json(P.class, "{\"name\": \"A\", \"age\": 3}", r);
    json(L.class, "[{\"name\": \"A\", \"age\": 3}]", "L[people=[Person[name=A, age=3]]]");
    chatReply(
        L.class,
        section("people", "{\"people\": [{\"name\": \"A\", \"age\": 3}]}"),
        "L[people=[Person[name=A, age=3]]]");
    json(P.class, "{\"output\": {\"person\": {\"name\": \"A\", \"age\": 3}}}", r);
  }
}
