using MarginalConditional.Data.Tables;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Targets;

/// <summary>The readers of files that have types: SAS transport, Stata, Dataset-JSON, Excel, Parquet, spoiled in a few places.</summary>
internal sealed class FileTarget : FuzzTarget
{
    private static readonly Lazy<byte[][]> Samples = new(() =>
    [
        .. Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Formats"))
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes),
    ]);

    /// <inheritdoc/>
    public override string Name => "file";

    /// <inheritdoc/>
    public override FuzzInput Make(Draws draws)
    {
        var bytes = (byte[])draws.Pick(Samples.Value).Clone();
        for (var count = draws.Between(0, 4); count > 0 && bytes.Length > 8; count--)
        {
            bytes = Spoiled(bytes, draws);
        }

        var options = CsvBytes.Options(draws) with
        {
            Separator = null,
            DecimalComma = false,
            Member = draws.OneIn(3) ? "DM" : null,
            Sheet = draws.OneIn(3) ? "ADPAIN" : null,
        };
        return new FuzzInput($"{options}\n{Convert.ToBase64String(bytes)}", () => Read(bytes, options));
    }

    /// <inheritdoc/>
    public override FuzzInput Of(byte[] bytes) =>
        new(Convert.ToBase64String(bytes), () => Read(bytes, new DatasetReaderOptions { Separator = null }));

    private static byte[] Spoiled(byte[] bytes, Draws draws)
    {
        var place = draws.Below(bytes.Length);
        switch (draws.Below(5))
        {
            case 0:
                return bytes[..place];
            case 1:
                var length = Math.Min(draws.Between(1, 8), bytes.Length - place);
                bytes.AsSpan(place, length).Fill(draws.Pick<byte>(0, 0x7F, 0xFF, (byte)' '));
                return bytes;
            case 2:
                return [.. bytes[..place], .. bytes[draws.Below(bytes.Length)..]];
            default:
                bytes[place] = (byte)draws.Below(256);
                return bytes;
        }
    }

    private static Outcome Read(byte[] bytes, DatasetReaderOptions options)
    {
        var data = DatasetReader.Read("data.bin", bytes, options);
        return data.Columns.OfType<NumericColumn>().Any(column => column.Values.ToArray().Any(double.IsInfinity))
            ? Outcome.Fault("a column holds infinities")
            : data.Columns.Any(column => column.Length != data.Rows)
                ? Outcome.Fault("a column has another number of rows")
                : Outcome.Result("read");
    }
}
