package dev.hone.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hone.cli.Ran;
import dev.hone.testkit.OpenAiStubServer;
import dev.hone.testkit.ScriptedModel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class RunCommandTest {
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  @TempDir private Path folder;
  private final OpenAiStubServer model =
      new OpenAiStubServer(ScriptedModel.answering(WordModel::answer));
  private String project = "";

  @BeforeEach
  void writeProject() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("tickets.hone.yaml"),
            """
            task: Route the ticket.
            inputs:  { text: what the customer wrote }
            outputs:
              topic: { one of: [BILLING, SHIPPING, DEFECT] }
              sure: { type: number }
            model: openai-compatible:words@%s
            """
                .formatted(model.baseUrl()));
    project = file.toString();
  }

  @AfterEach
  void stopModel() {
    model.close();
  }

  private Ran run(String... arguments) {
    return Ran.hone(with(List.of("run", project, "--no-cache"), arguments));
  }

  private static String[] with(List<String> first, String... more) {
    return Stream.concat(first.stream(), Stream.of(more)).toArray(String[]::new);
  }

  private String write(String name, byte[] bytes) throws IOException {
    return Files.write(folder.resolve(name), bytes).toString();
  }

  private String write(String name, String text) throws IOException {
    return write(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private String out() {
    return folder.resolve("out").toString();
  }

  /** Runs it with bytes on standard input, and gives the bytes on standard output. */
  private byte[] piped(byte[] in, int exitCode, String... arguments) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    StringWriter words = new StringWriter();
    StandardStreams streams = new StandardStreams(new ByteArrayInputStream(in), bytes, false);
    CommandLine command =
        new CommandLine(new RunCommand(streams))
            .setOut(new PrintWriter(words))
            .setErr(new PrintWriter(OutputStream.nullOutputStream()));
    assertThat(command.execute(with(List.of(project, "--no-cache"), arguments)))
        .isEqualTo(exitCode);
    return bytes.size() > 0
        ? bytes.toByteArray()
        : words.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Test
  void answersOneInputFromTheArguments() {
    assertThat(run("--text", "My invoice").out()).isEqualTo("topic: BILLING\nsure: 0.5\n");
    assertThat(run("text=My parcel").out()).startsWith("topic: SHIPPING");
    assertThat(run("text=My parcel", "--json").out()).contains("\"topic\" : \"SHIPPING\"");
    assertThat(run("text=My parcel").err()).contains("next: hone run tickets DATA.csv");
  }

  @Test
  void answersOneInputFromStandardInput() {
    assertThat(piped("My invoice\n".getBytes(StandardCharsets.UTF_8), 0))
        .asString(StandardCharsets.UTF_8)
        .startsWith("topic: BILLING");
    assertThat(piped("{\"text\": \"My parcel\"}".getBytes(StandardCharsets.UTF_8), 0))
        .asString(StandardCharsets.UTF_8)
        .startsWith("topic: SHIPPING");
  }

  @Test
  void answersAFileInItsOwnDialect() throws IOException {
    String in = "id;text;Preis\r\n007;Rechnung 20 €;1.234,50\r\n8;\"Wo; bleibt\r\nes\";3,5\r\n";
    String file = write("neu.csv", in.getBytes(WINDOWS));

    Ran ran = run(file, "--out", out());

    assertThat(ran.exitCode()).as(ran.err()).isZero();
    assertThat(Files.readString(Path.of(out()), WINDOWS))
        .isEqualTo(
            "id;text;Preis;topic;sure;hone_error\r\n"
                + "007;Rechnung 20 €;1.234,50;BILLING;0,5;\r\n"
                + "8;\"Wo; bleibt\r\nes\";3,5;SHIPPING;0,5;\r\n");
    assertThat(ran.err())
        .contains("semicolon, Windows-1252, decimal comma", "2 rows, 2 answered, 2 calls");
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void aFileOnStandardInputComesOutOfStandardOutput() {
    byte[] in = "\uFEFFtext\tid\r\nmy invoice\t1\r\n".getBytes(StandardCharsets.UTF_16LE);

    assertThat(piped(in, 0, "-"))
        .isEqualTo(
            "\uFEFFtext\tid\ttopic\tsure\thone_error\r\nmy invoice\t1\tBILLING\t0.5\t\r\n"
                .getBytes(StandardCharsets.UTF_16LE));
  }

  @Test
  void rowsThatFailKeepTheirErrorAndTheOthersGoOn() throws IOException {
    String file = write("new.csv", "text,n\na,1\ntoo,many,cells\ngarbled,4\nb,5\n");

    Ran ran = run(file, "--out", out());

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .contains(
            "1 of the first 4 rows does not fit, and gets hone_error; the first: ",
            "4 rows, 2 answered, 2 failed (lines 3, 4: see hone_error)");
    assertThat(Files.readAllLines(Path.of(out())))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("text,n,topic,sure,hone_error"),
            line -> assertThat(line).isEqualTo("a,1,SHIPPING,0.5,"),
            line -> assertThat(line).startsWith("\"too,many,cells\",,,,\"DatasetFormat"),
            line -> assertThat(line).startsWith("garbled,4,,,\"UnparsableReplyException: "),
            line -> assertThat(line).isEqualTo("b,5,SHIPPING,0.5,"));
  }

  @Test
  void aSpentBudgetKeepsTheRowsAndResumingGoesOn() throws IOException {
    String file = write("new.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n{\"text\":\"c\"}\n");
    Ran spent = run(file, "--out", out(), "--in-flight", "1", "--max-calls", "1");

    Ran again = run(file, "--out", out());
    Ran resumed = run(file, "--out", out(), "--resume", "--json");

    assertThat(spent.exitCode()).isEqualTo(4);
    assertThat(spent.err()).contains("--out " + out() + " --in-flight 1 --max-calls 1 --resume");
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("is there already. Maybe go on with it: --resume");
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.out()).contains("\"rows\" : 3", "\"kept\" : 1", "\"calls\" : 2");
    assertThat(Files.readAllLines(Path.of(out())))
        .hasSize(3)
        .allMatch(line -> line.endsWith(",\"topic\":\"SHIPPING\",\"sure\":0.5}"));
  }

  @Test
  void aRunThatGoesOnTakesTheModelItBeganWith() throws IOException {
    String file = write("new rows.jsonl", "{\"text\":\"a\"}\n{\"text\":\"b\"}\n");
    String other = "openai-compatible:other@" + model.baseUrl();
    Ran spent = run(file, "--model", other, "--out", out(), "--in-flight", "1", "--max-calls", "1");
    int calls = model.bodies().size();

    Ran another = run(file, "--model", "embedded", "--out", out(), "--resume");
    int callsOfAnother = model.bodies().size();
    Ran resumed = run(file, "--out", out(), "--resume");

    assertThat(spent.err())
        .contains("next: hone run " + project, "'" + file + "' --model " + other, " --resume");
    assertThat(another.exitCode()).isEqualTo(2);
    assertThat(another.err())
        .contains("so far are of " + other + ", and --model is embedded. Maybe leave --model out");
    assertThat(callsOfAnother).isEqualTo(calls);
    assertThat(resumed.exitCode()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("as-written on " + other);
    assertThat(Files.readAllLines(Path.of(out()))).hasSize(2);
    assertThat(Path.of(out() + ".run.json")).doesNotExist();
  }

  @Test
  void aPathInTheInputOfAFileIsSaidToBeNone() throws IOException {
    Path papers =
        Files.writeString(
            folder.resolve("papers.hone.yaml"),
            """
            task: Answer.
            inputs:  { paper: { type: file }, question: what is asked }
            outputs: { answer: the answer }
            model: openai-compatible:words@%s
            """
                .formatted(model.baseUrl()));

    Ran ran = Ran.hone("run", papers.toString(), "paper=policy.pdf", "question=When?");

    assertThat(ran.exitCode()).isNotZero();
    assertThat(ran.err())
        .contains("A file is \"policy.pdf\"", "Maybe it is a path, which is not opened here")
        .contains("data:application/pdf;base64,…");
  }

  @Test
  void aFileOfAnotherShapeIsRefusedBeforeAnyCall() throws IOException {
    Ran header = run(write("other.csv", "foo,bar\n1,2\n"), "--out", out());
    Ran rows = run(write("bad.jsonl", "{\"text\":1}\n{\"text\":[2]}\n{}\n"), "--out", out());

    assertThat(header.exitCode()).isEqualTo(2);
    assertThat(header.err())
        .contains("\"text\" is missing, found only \"foo\", \"bar\"", "column: NAME")
        .doesNotContain("Columns.");
    assertThat(rows.exitCode()).as(rows.err()).isIn(1, 2);
    assertThat(Path.of(folder.toString(), "other.out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nothing.csv | There is no file nothing.csv. Maybe check its name",
        "txt=a | The input does not fit: there is no input txt (text?); text: the value is missing",
        "--text= | The input is empty; the program takes text",
        "--text=a --resume | --resume is for the rows of a file",
        "a.csv b.csv | a run takes one file",
        "--program=no.json --text=a | There is no program no.json",
        "--text=a --in-flight=0 | --in-flight (0) is less than 1"
      })
  void saysWhatIsWrongWithTheArguments(String arguments, String message) {
    Ran ran = run(arguments.split(" "));

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(message).doesNotContain("\tat ");
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--safe-cells | --batch and budgets are for runs on this machine. Maybe leave them out",
        "--resume | --batch and budgets are for runs on this machine. Maybe leave them out",
        "--max-errors=3 | --batch and budgets are for runs on this machine. Maybe leave them out",
        "--batch | --batch and budgets are for runs on this machine. Maybe leave them out",
        "--max-calls=9 | --batch and budgets are for runs on this machine. Maybe leave them out",
        "--max-cost=1.50 | --batch and budgets are for runs on this machine. Maybe leave them out",
        "--tokens-per-minute=9000 | --tokens-per-minute is for runs on this machine. Maybe use"
      })
  void refusesOnSparkWhatARunThereDoesNotHave(String option, String message) throws IOException {
    String file = write("new.csv", "id,text\n1,a parcel\n");

    Ran ran = run(file, "--engine", "spark", "--key", "id", "--out", out(), option);

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains(message).doesNotContain("SPARK_HOME");
    assertThat(model.bodies()).isEmpty();
    assertThat(Path.of(out())).doesNotExist();
  }
}
