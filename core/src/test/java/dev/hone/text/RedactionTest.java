package dev.hone.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("once")
class RedactionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "wrong key sk-abcdef123456 given | wrong key sk-[hidden] given",
        "Authorization: Bearer abc.def-123 | Authorization: Bearer [hidden]",
        "GET /v1?key=abcdef123&n=1 | GET /v1?key=[hidden]&n=1",
        "api_key=abcdef123, n=1 | api_key=[hidden], n=1",
        "api_key=abcdef123. Maybe not. | api_key=[hidden]. Maybe not.",
        "{api_key=abc, n=1} | {api_key=[hidden], n=1}",
        "https://me:pass@example.org/v1 | https://example.org/v1",
        "{\"api_key\": \"abc\", \"n\": 1} | {\"api_key\": \"[hidden]\", \"n\": 1}"
      })
  void hidesWhatLooksLikeACredential(String text, String expected) {
    assertThat(Redaction.of(text)).isEqualTo(expected);
    assertThat(Redaction.of(expected)).isEqualTo(expected);
  }

  /** F12a: passwords with the characters that end another part of a URL. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://user:PW@host/v1",
        "HTTPS://user:PW@host/v1",
        "hTtP://user:PW@host:8080/v1",
        "jdbc:postgresql://user:PW@host/db",
        "jdbc:mysql://user:PW@host:3306/db?useSSL=false",
        "jdbc:oracle:thin:scott/PW@host:1521:orcl",
        "jdbc:oracle:thin:scott/PW@//host:1521/orcl",
        "postgres://user:PW@host/db",
        "mongodb+srv://user:PW@host/db",
        "redis://:PW@host:6379/0",
        "amqp://user:PW@host",
        "ftp://user:PW@host",
        "git+ssh://user:PW@host/repo.git",
        "//user:PW@host/path",
        "https:\\/\\/user:PW@host\\/v1",
        "see (https://user:PW@host/v1), then go on",
        "see https://other/@scope,https://user:PW@host/v1 too",
        "the model openai-compatible:tiny@https://user:PW@host/v1 failed"
      })
  void leavesNoPartOfAPasswordInAUrlOfAnyScheme(String form) {
    List<String> passwords =
        List.of(
            "secretpw",
            "sec/retpw",
            "sec@retpw",
            "s@ec/ret@pw",
            "sec?ret#pw",
            "12/retpw",
            "sec:ret:pw",
            "sec'retpw",
            "sec,ret;pw",
            "sec%2Fretpw",
            "sec\\retpw");
    for (String password : passwords) {
      String clean = Redaction.of(form.replace("PW", password));

      assertThat(clean).as(password).doesNotContain("sec", "ret", "pw", "12/").contains("host");
      assertThat(Redaction.of(clean)).isEqualTo(clean);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hunter2secret@host/v1",
        "https://host/v1?api_key=hunter2secret",
        "https://host/v1?x=1&api-key=hunter2secret&y=2",
        "https://host/v1?apikey=hunter2secret#top",
        "https://host/v1?key=hunter2secret",
        "https://host/v1?access_token=hunter2secret",
        "https://host/v1?token=hunter2secret",
        "https://host/v1?password=hunter2,secret;x",
        "https://host/blob?sv=2020&sig=hunter2%2Fsecret%3D",
        "https://host/blob?X-Amz-Expires=60&X-Amz-Signature=hunter2secret&n=1",
        "jdbc:sqlserver://host;user=me;password=hunter2secret;encrypt=true",
        "Authorization: hunter2secret",
        "Authorization: Token hunter2secret",
        "{\"Authorization\": \"Bearer hunter2secret\"}",
        "Authorization=Basic aHVudGVyMnNlY3JldA==hunter2secret",
        "x-api-key: hunter2secret",
        "api key: hunter2secret",
        "password=hunter2secret",
        "passwd=hunter2secret",
        "password = 'hunter2 secret'",
        "{\"password\": \"hunter2 \\\" secret\"}",
        "{\\\"api_key\\\": \\\"hunter2secret\\\"}",
        "client_secret=hunter2secret",
        "AWS_SECRET_ACCESS_KEY=hunter2secret",
        "sk-hunter2secret",
        "sk_live_hunter2secret",
        "nvapi-hunter2secret",
        "ghp_hunter2secrethunter2secret",
        "xoxb-hunter2secret",
        "eyJhunter2secret.secrethunter2.hunter2"
      })
  void hidesCredentialsByNameAndByForm(String text) {
    String clean = Redaction.of(text);

    assertThat(clean).doesNotContain("hunter2", "secret;", "secret'", "secret\"", "secret%");
    assertThat(Redaction.of(clean)).isEqualTo(clean);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The model openai:gpt-4o-mini failed on https://example.org/v1: check the API key",
        "openai-compatible:llama3.2@http://localhost:11434/v1",
        "openai-compatible:org/model@http://localhost:11434/v1 does not answer",
        "write to me@example.org or see https://example.org/help",
        "see https://medium.com/@someone/post",
        "https://packages.example.org/@scope/package",
        "https://example.org/?mail=me@example.org",
        "maxTokens=100, max_tokens=200, token count: 300",
        "Unexpected token: abcdefgh at 5",
        "a // comment, by me@example.org",
        "jdbc:postgresql://host/db",
        "signature: (String, String)"
      })
  void leavesOtherTextsAsTheyAre(String text) {
    assertThat(Redaction.of(text)).isEqualTo(text);
  }

  @Test
  void takesTimeThatIsLinearInTheLength() {
    List<String> attacks =
        List.of(
            "a",
            "://",
            "//a",
            "@",
            "//@",
            "https://a:",
            ":/",
            "password",
            "password=",
            "api_key \"",
            "api key : ",
            "eyJaaaaaaaaaa.",
            "Bearer ",
            "Authorization: ",
            "sk-",
            "jdbc:oracle:thin:a/b@",
            "jdbc:oracle:",
            "secret='\\",
            "\\/\\/",
            "a.",
            "=,;",
            "\u0301");
    for (String attack : attacks) {
      String text = attack.repeat(300_000 / attack.length());

      long start = System.nanoTime();
      Redaction.of(text);
      Redaction.of(text + " x@");

      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .as(attack)
          .isLessThan(Duration.ofSeconds(20));
    }
  }
}
