using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Serve;

public sealed class ServeCommandTests
{
    private static readonly string Csv = File.ReadAllText(Repository.Data("toenail"));

    public static TheoryData<string> Fits => new(
        "gee examples/toenail/toenail.csv \"y ~ treatment * time\" --cluster patientID --se all",
        "glmm examples/toenail/toenail.csv \"y ~ treatment * time + (1 | patientID)\" --nodes 7",
        "lmm examples/toenail/toenail.csv \"time ~ treatment + (1 | patientID)\"");

    [Theory]
    [MemberData(nameof(Fits))]
    public void A_request_has_the_numbers_of_the_command_digit_by_digit(string line)
    {
        string[] words = [.. Margcond.Words(line), "--format", "json"];
        var typed = Margcond.Run(words);
        using var answer = JsonDocument.Parse(Assert.Single(Served.Ask(Served.Request(7, words))));
        Assert.Equal(7, answer.RootElement.GetProperty("id").GetInt32());
        Assert.Equal(typed.ExitCode, answer.RootElement.GetProperty("exitCode").GetInt32());
        using var expected = JsonDocument.Parse(typed.Out);
        Assert.Equal(Compact(expected.RootElement), Compact(answer.RootElement.GetProperty("result")));
        JsonSchema.Require(JsonSchema.Load("fit"), answer.RootElement.GetProperty("result").GetRawText());
    }

    [Fact]
    public void A_table_stays_until_it_is_forgotten()
    {
        string[] words = ["gee", "trial", "y ~ time", "--cluster", "patientID", "--format", "json"];
        var answers = Served.Ask(
            Served.Request(1, "trial", Csv, words),
            Served.Request(2, words),
            """{"id": 3, "tables": {"trial": null}, "arguments": ["--version"]}""",
            Served.Request(4, words));
        Assert.Equal(Result(answers[0]), Result(answers[1]));
        using var gone = JsonDocument.Parse(answers[3]);
        Assert.Equal("There is no such file.", gone.RootElement.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("trial", gone.RootElement.GetProperty("error").GetProperty("file").GetString());
    }

    [Fact]
    public void A_table_in_base64_and_rows_to_be_predicted_are_read_by_name()
    {
        var bytes = Convert.ToBase64String(Encoding.UTF8.GetBytes(Csv));
        string[] words = ["gee", "trial", "y ~ time", "--cluster", "patientID", "--newdata", "new", "--format", "json"];
        var request = JsonSerializer.Serialize(new
        {
            arguments = words,
            tables = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["trial"] = new { base64 = bytes },
                ["new"] = new { csv = "time,patientID\n0,1\n12,1\n" },
            },
        });
        JsonSchema.Require(JsonSchema.Load("served-request"), request);
        using var answer = JsonDocument.Parse(Assert.Single(Served.Ask(request)));
        Assert.Equal(2, answer.RootElement.GetProperty("result").GetProperty("predictions").GetArrayLength());
    }

    /// <summary>Dataset-JSON keeps what CSV does not: a site called 01 beside one called 1, a level called NA, days as days.</summary>
    [Fact]
    public void A_table_of_JSON_keeps_its_types()
    {
        const string table = """
            {"datasetJSONCreationDateTime": "1970-01-01T00:00:00", "datasetJSONVersion": "1.1.0", "itemGroupOID": "IG.t", "records": 8,
            "name": "t", "label": "t", "columns": [
            {"itemOID": "IT.y", "name": "y", "label": "y", "dataType": "double"},
            {"itemOID": "IT.site", "name": "site", "label": "site", "dataType": "string"},
            {"itemOID": "IT.day", "name": "day", "label": "day", "dataType": "date"},
            {"itemOID": "IT.id", "name": "id", "label": "id", "dataType": "double"}],
            "rows": [[1, "01", "2024-01-01", 1], [2, "1", "2024-01-03", 2], [4, "NA", "2024-01-04", 3], [3, "01", "2024-01-09", 4],
            [5, "1", "2024-01-10", 5], [7, "NA", "2024-02-01", 6], [2, "01", "2024-02-02", 7], [null, "1", "2024-02-03", 8]]}
            """;
        string[] words =
        [
            "gee", "t", "y ~ site + day", "--cluster", "id", "--family", "gaussian", "--corr", "independence", "--format", "json",
        ];
        var request = JsonSerializer.Serialize(new { arguments = words, tables = new { t = new { json = JsonNode.Parse(table) } } });
        using var answer = JsonDocument.Parse(Assert.Single(Served.Ask(request)));
        var result = answer.RootElement.GetProperty("result");
        Assert.Equal(
            ["(Intercept)", "site1", "siteNA", "day"],
            result.GetProperty("coefficients").EnumerateArray().Select(row => row.GetProperty("term").GetString()));
        Assert.Equal((7, 1), (result.GetProperty("observations").GetInt32(), result.GetProperty("dropped").GetInt32()));
    }

    [Theory]
    [InlineData("junk", "null", "The line is not a JSON object, wrong from byte 1.")]
    [InlineData("{\"id\": 1, \"arguments\": [\"gee\"]", "null", "The line is not a JSON object, wrong from byte 31.")]
    [InlineData("[1]", "null", "A request is a JSON object.")]
    [InlineData("{\"id\": \"a\"}", "\"a\"", "\"arguments\" is missing.")]
    [InlineData("{\"id\": [], \"arguments\": []}", "null", "\"id\" has to be a text or a number.")]
    [InlineData("{\"id\": 1, \"argument\": []}", "1", "A request has no member \"argument\". Did you mean \"arguments\"?")]
    [InlineData("{\"id\": 1, \"arguments\": [], \"arguments\": []}", "1", "The member \"arguments\" is given twice.")]
    [InlineData("{\"id\": 1, \"arguments\": \"demo\"}", "1", "\"arguments\" has to be an array of texts, the words of the command line.")]
    [InlineData("{\"id\": 1, \"arguments\": [1]}", "1", "\"arguments\" has to be an array of texts, the words of the command line.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [\"\\ud800\"]}",
        "1", "A name or a text in the line is not UTF-8, or holds half of a pair of surrogates.")]
    [InlineData(
        "{\"id\": 1, \"\\ud800\": [], \"arguments\": []}",
        "null", "A name or a text in the line is not UTF-8, or holds half of a pair of surrogates.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [], \"tables\": {\"\\udc00\": null}}",
        "1", "A name or a text in the line is not UTF-8, or holds half of a pair of surrogates.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [], \"tables\": {\"t\": {\"\\udc00\": \"\"}}}",
        "1", "A name or a text in the line is not UTF-8, or holds half of a pair of surrogates.")]
    [InlineData("{\"id\": 1, \"arguments\": [], \"tables\": []}", "1", "\"tables\" has to be an object with a table a name.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [], \"tables\": {\"-\": {\"csv\": \"\"}}}",
        "1", "A table cannot be named \"-\": it would be read as an option.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [], \"tables\": {\"t\": {\"csv\": 1}}}",
        "1", "The \"csv\" of the table \"t\" has to be a text.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [], \"tables\": {\"t\": {\"json\": 1}}}",
        "1", "The \"json\" of the table \"t\" has to be an object.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [], \"tables\": {\"t\": {\"base64\": \"%\"}}}",
        "1", "The \"base64\" of the table \"t\" is not in base64.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [], \"tables\": {\"t\": {}}}", "1",
        "The table \"t\" has to be an object with one of \"csv\", \"json\" and \"base64\", or null.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [\"serve\"]}",
        "1", "The command serve cannot be asked for by a request: it does not end by itself.")]
    [InlineData(
        "{\"id\": 1, \"arguments\": [\"explore\"]}",
        "1", "The command explore cannot be asked for by a request: it does not end by itself.")]
    [InlineData("{\"id\": 1, \"arguments\": [\"lmm\", \"-\", \"y ~ x + (1 | g)\"]}", "1", "A request has no standard input to read.")]
    [InlineData("{\"id\": 1, \"arguments\": [\"nonsense\"]}", "1", "There is no command \"nonsense\".")]
    public void What_is_wrong_is_answered_and_the_next_line_is_read(string line, string id, string message)
    {
        var answers = Served.Ask(line, Served.Request(2, "--version"));
        JsonSchema.Require(JsonSchema.Load("served-answer"), answers[0]);
        using var wrong = JsonDocument.Parse(answers[0]);
        Assert.Equal(id, wrong.RootElement.GetProperty("id").GetRawText());
        Assert.Equal(2, wrong.RootElement.GetProperty("exitCode").GetInt32());
        Assert.Equal(message, wrong.RootElement.GetProperty("error").GetProperty("message").GetString());
        using var next = JsonDocument.Parse(answers[1]);
        Assert.StartsWith("margcond ", next.RootElement.GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_control_character_in_an_id_comes_back_as_an_escape()
    {
        var answer = Assert.Single(Served.Ask("{\"id\": \"a\\u001b\u009b31m\u00e9\", \"arguments\": [\"--version\"]}"));
        Assert.DoesNotContain(answer, char.IsControl);
        using var document = JsonDocument.Parse(answer);
        Assert.Equal("a\u001b\u009b31m\u00e9", document.RootElement.GetProperty("id").GetString());
    }

    /// <summary>Half a line, and a line in which one byte is another, get an answer each, and nothing else happens.</summary>
    [Fact]
    public void Damaged_lines_are_answered_one_by_one()
    {
        var whole = Served.Request(1, "t", "y,x\n1,2\n", "gee", "t", "y ~ x", "--cluster", "x", "--format", "json");
        var lines = Enumerable.Range(1, whole.Length - 1).Select(length => whole[..length])
            .Concat(Enumerable.Range(0, whole.Length).SelectMany(place => "{\"\\0\u0001".Select(
                other => $"{whole[..place]}{other}{whole[(place + 1)..]}")))
            .ToArray();
        var answers = Served.Ask(lines);
        Assert.Equal(lines.Length, answers.Length);
        var schema = JsonSchema.Load("served-answer");
        Assert.All(answers, answer => JsonSchema.Require(schema, answer));
        Assert.All(answers, answer => Assert.Contains("\"exitCode\":2", answer, StringComparison.Ordinal));
    }

    [Fact]
    public void A_blank_line_asks_for_nothing() => Assert.Single(Served.Ask("", " \t\r", Served.Request(1, "--version")));

    [Fact]
    public void A_place_in_the_data_stands_in_the_error()
    {
        var answers = Served.Ask(Served.Request(1, "t", "y,x,id\n1,2,a\n1,2,3,b\n", "gee", "t", "y ~ x", "--cluster", "id"));
        using var answer = JsonDocument.Parse(Assert.Single(answers));
        var error = answer.RootElement.GetProperty("error");
        Assert.Equal(("t", 3), (error.GetProperty("file").GetString(), error.GetProperty("line").GetInt32()));
    }

    [Fact]
    public void The_page_shows_what_is_answered()
    {
        var path = Repository.File("docs", "protocol.md");
        var lines = File.ReadAllLines(path);
        var asked = Enumerable.Range(0, lines.Length).Where(i => lines[i].StartsWith("-> ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(asked);
        var requests = asked.Select(i => lines[i][3..]).ToArray();
        var answers = Served.Ask(requests);
        foreach (var (request, answer) in requests.Zip(answers))
        {
            JsonSchema.Require(JsonSchema.Load("served-request"), request);
            JsonSchema.Require(JsonSchema.Load("served-answer"), answer);
        }

        if (Environment.GetEnvironmentVariable("MARGCOND_UPDATE_DOCUMENTS") == "1")
        {
            foreach (var (place, answer) in asked.Zip(answers))
            {
                lines[place + 1] = "<- " + answer;
            }

            File.WriteAllLines(path, lines);
        }

        Assert.Equal(answers, asked.Select(i => lines[i + 1][3..]));
    }

    private static string Result(string answer)
    {
        using var document = JsonDocument.Parse(answer);
        return document.RootElement.GetProperty("result").GetRawText();
    }

    private static string Compact(JsonElement element)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text))
        {
            element.WriteTo(json);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }
}
