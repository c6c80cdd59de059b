using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MarginalConditional.Cli.Output;

/// <summary>
/// Writes one JSON object: numbers that read back to the same bits, and null, with a warning that says why, for what is not a number.
/// </summary>
internal sealed class JsonResult : IDisposable
{
    private static readonly JsonWriterOptions Options = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NewLine = "\n",
    };
    private readonly ArrayBufferWriter<byte> buffer = new(1 << 12);
    private readonly Utf8JsonWriter writer;
    private readonly List<string> path = [];
    private readonly Dictionary<string, (int Count, string Kind)> unwritable = new(StringComparer.Ordinal);

    /// <summary>Opens the object.</summary>
    public JsonResult()
    {
        writer = new Utf8JsonWriter(buffer, Options);
        writer.WriteStartObject();
    }

    /// <summary>A text, or null.</summary>
    public void Text(string name, string? value) => writer.WriteString(name, value);

    /// <summary>A whole number.</summary>
    public void Integer(string name, long value) => writer.WriteNumber(name, value);

    /// <summary>True or false.</summary>
    public void Boolean(string name, bool value) => writer.WriteBoolean(name, value);

    /// <summary>A number; null stands for "does not apply" and makes no warning.</summary>
    public void Number(string name, double? value)
    {
        writer.WritePropertyName(name);
        if (value is null)
        {
            writer.WriteNullValue();
            return;
        }

        writer.WriteRawValue(Literal(value.Value, name));
    }

    /// <summary>An array of numbers, on one line.</summary>
    public void Numbers(string name, ReadOnlySpan<double> values)
    {
        writer.WritePropertyName(name);
        writer.WriteRawValue(Row(values, name));
    }

    /// <summary>An array of texts.</summary>
    public void Texts(string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }

    /// <summary>A matrix as an array of rows.</summary>
    /// <param name="name">The member's name.</param>
    /// <param name="values">rows×columns, row-major.</param>
    /// <param name="columns">The number of columns.</param>
    public void Matrix(string name, ReadOnlySpan<double> values, int columns)
    {
        writer.WriteStartArray(name);
        for (var start = 0; start < values.Length; start += columns)
        {
            writer.WriteRawValue(Row(values.Slice(start, columns), name));
        }

        writer.WriteEndArray();
    }

    /// <summary>An object.</summary>
    public void Object(string name, Action members)
    {
        writer.WriteStartObject(name);
        path.Add(name);
        members();
        path.RemoveAt(path.Count - 1);
        writer.WriteEndObject();
    }

    /// <summary>An array of objects, one an item.</summary>
    public void Objects<T>(string name, IEnumerable<T> items, Action<T> members)
    {
        writer.WriteStartArray(name);
        path.Add(name);
        foreach (var item in items)
        {
            writer.WriteStartObject();
            members(item);
            writer.WriteEndObject();
        }

        path.RemoveAt(path.Count - 1);
        writer.WriteEndArray();
    }

    /// <summary>Writes the warnings, with those about numbers that could not be written, and closes the object.</summary>
    public string Complete(IReadOnlyList<string> warnings)
    {
        Texts("warnings", warnings.Concat(unwritable.Select(entry => Explain(entry.Key, entry.Value.Count, entry.Value.Kind))));
        writer.WriteEndObject();
        writer.Flush();
        return Encoding.UTF8.GetString(buffer.WrittenSpan) + "\n";
    }

    /// <inheritdoc/>
    public void Dispose() => writer.Dispose();

    private static string Explain(string where, int count, string kind) => count == 1
        ? $"{where} is {kind}, which JSON cannot carry, and is written as null."
        : $"{count.ToString(CultureInfo.InvariantCulture)} values of {where} are not finite numbers ({kind} is the first), which JSON "
            + $"cannot carry, and are written as null.";

    private string Row(ReadOnlySpan<double> values, string name)
    {
        var text = new StringBuilder("[", 2 + (20 * values.Length));
        for (var i = 0; i < values.Length; i++)
        {
            text.Append(i == 0 ? string.Empty : ", ").Append(Literal(values[i], name));
        }

        return text.Append(']').ToString();
    }

    private string Literal(double value, string name)
    {
        if (double.IsFinite(value))
        {
            return value.ToString("R", CultureInfo.InvariantCulture);
        }

        var where = string.Join('.', path.Append(name));
        var known = unwritable.GetValueOrDefault(where, (0, double.IsNaN(value) ? "not a number" : "infinite"));
        unwritable[where] = (known.Item1 + 1, known.Item2);
        return "null";
    }
}
