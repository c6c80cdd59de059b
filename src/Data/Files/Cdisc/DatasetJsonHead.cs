using System.Text.Json;

namespace MarginalConditional.Data.Files.Cdisc;

/// <summary>What a Dataset-JSON file says of itself, and where its rows start.</summary>
internal sealed class DatasetJsonHead
{
    private string? version;
    private bool isOld;

    /// <summary>The columns.</summary>
    internal List<DatasetJsonItem> Items { get; } = [];

    /// <summary>The number of rows that the file should have; null when it does not say.</summary>
    internal long? Records { get; private set; }

    /// <summary>The place from which rows are read: their array, or the lines after the head.</summary>
    internal int RowStart { get; private set; }

    /// <summary>Whether the rows stand in an array of the head; else they follow it.</summary>
    internal bool HasRows { get; private set; }

    /// <summary>Reads the head; the rows are passed over.</summary>
    /// <exception cref="InputException">It is no Dataset-JSON 1.1, or a part is not there.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    internal static DatasetJsonHead Read(FileBytes file)
    {
        var head = new DatasetJsonHead();
        var reader = new Utf8JsonReader(file.All.Span, new JsonReaderOptions { AllowMultipleValues = true });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw file.Broken("it does not start with an object");
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString();
            reader.Read();
            head.Take(key, ref reader);
        }

        if (!head.HasRows)
        {
            head.RowStart = (int)reader.BytesConsumed;
        }

        head.Require(file);
        return head;
    }

    /// <summary>Takes a value and stops at its last token.</summary>
    private void Take(string? key, ref Utf8JsonReader reader)
    {
        switch (key)
        {
            case "datasetJSONVersion" when reader.TokenType == JsonTokenType.String:
                version = reader.GetString();
                break;
            case "records" when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count):
                Records = count;
                break;
            case "columns" when reader.TokenType == JsonTokenType.StartArray:
                ReadItems(ref reader);
                break;
            case "rows" when reader.TokenType == JsonTokenType.StartArray:
                (RowStart, HasRows) = ((int)reader.TokenStartIndex, true);
                reader.Skip();
                break;
            case "clinicalData" or "referenceData":
                isOld = true;
                reader.Skip();
                break;
            default:
                reader.Skip();
                break;
        }
    }

    private void ReadItems(ref Utf8JsonReader reader)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var item = new DatasetJsonItem(string.Empty, null, string.Empty);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var key = reader.GetString();
                reader.Read();
                var text = reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                reader.Skip();
                item = key switch
                {
                    "name" => item with { Name = text ?? string.Empty },
                    "label" => item with { Label = string.IsNullOrWhiteSpace(text) ? null : text },
                    "dataType" => item with { Type = text ?? string.Empty },
                    _ => item,
                };
            }

            Items.Add(item);
        }
    }

    private void Require(FileBytes file)
    {
        if (isOld || (version is not null && version != "1.1" && !version.StartsWith("1.1.", StringComparison.Ordinal)))
        {
            throw new InputException($"This is Dataset-JSON {(version is null || isOld ? "1.0" : Suggestion.Short(version))}; "
                + "version 1.1 is read.")
            {
                File = file.Source,
                Hint = "Write it as Dataset-JSON 1.1, or as a SAS transport file.",
            };
        }

        if (version is null)
        {
            throw new InputException("This is JSON, but not Dataset-JSON of CDISC, which is the only JSON read as data.")
            {
                File = file.Source,
                Hint = "In R say: write.csv(jsonlite::fromJSON(\"trial.json\"), \"trial.csv\", row.names = FALSE).",
            };
        }

        if (Items.Count == 0)
        {
            throw file.Broken("it names no columns");
        }

        if (Items.Find(item => !item.IsKnown) is { Name: not null } odd)
        {
            throw file.Broken($"column \"{Suggestion.Short(odd.Name)}\" has the type \"{Suggestion.Short(odd.Type)}\", which there is not");
        }
    }
}
