using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Formats;

/// <summary>A file that was cut anywhere, or has any byte changed, gives a result or a refusal that names the file.</summary>
public sealed class DamagedFilesTests
{
    public static TheoryData<string> Names =>
    [
        "trial-v5.xpt", "trial-v8.xpt", "long-format-v9.xpt", "two-members-1252-v5.xpt", "trial.json", "trial.ndjson", "trial.dsjc",
        "trial-117.dta", "pandas-118-strl.dta", "pandas-119-strl.dta", "pandas-117-bigendian.dta", "trial.csv.gz", "mixed-column.xlsx",
        "trial-snappy.parquet", "trial-zstd.parquet",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_that_was_cut_is_read_or_refused(string name)
    {
        var bytes = Samples.Bytes(name);
        for (var length = 0; length < bytes.Length; length += Step(bytes))
        {
            Try(bytes.AsMemory(0, length).ToArray(), $"{name} cut to {length} bytes");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_with_another_byte_is_read_or_refused(string name)
    {
        var bytes = Samples.Bytes(name);
        for (var place = 0; place < bytes.Length; place += Step(bytes))
        {
            var changed = (byte[])bytes.Clone();
            var change = (byte)(place % 3 == 0 ? 0xFF : place % 3 == 1 ? 0x01 : 0x80);
            changed[place] ^= change;
            Try(changed, $"{name}, byte {place} changed by {change}");
        }
    }

    [Theory]
    [InlineData("trial-118.dta")]
    [InlineData("trial-v8.xpt")]
    [InlineData("trial-snappy.parquet")]
    public void A_size_that_a_file_claims_is_not_believed(string name)
    {
        var bytes = Samples.Bytes(name);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var tries = 0;
        for (var place = 0; place + 4 <= bytes.Length; place += 23)
        {
            var changed = (byte[])bytes.Clone();
            changed.AsSpan(place, 4).Fill(0x7F);
            Try(changed, $"{name}, bytes from {place} as large as can be");
            tries++;
        }

        var each = (GC.GetAllocatedBytesForCurrentThread() - before) / tries;
        Assert.True(each < (64 * bytes.Length) + 4_000_000, $"{each} bytes a file of {bytes.Length}");
    }

    /// <summary>Some hundred places of a file; all of them were tried once, and the fuzzing of formats tries others.</summary>
    private static int Step(byte[] bytes) => 1 + (bytes.Length / 250);

    private static void Try(byte[] bytes, string what)
    {
        try
        {
            var data = DatasetReader.Read("data.bin", bytes, new DatasetReaderOptions { Separator = null });
            Assert.All(data.Columns, column => Assert.Equal(data.Rows, column.Length));
            foreach (var column in data.Columns.OfType<FactorColumn>())
            {
                Assert.True(column.Codes.IndexOfAnyExceptInRange(-1, column.Levels.Count - 1) < 0, what);
            }
        }
        catch (InputException refusal)
        {
            Assert.True(refusal.File == "data.bin", $"{what}: {refusal.Message}");
        }
        catch (Exception exception) when (exception is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{what}: {exception}");
        }
    }
}
