using System.Globalization;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Load.Data;

/// <summary>A table of very many columns, the same on every machine.</summary>
internal static class WideTable
{
    private const int ClusterSize = 5;

    /// <summary>Writes id, y and x1, x2, …: normal numbers, of which every hundredth matters.</summary>
    public static void Write(TextWriter output, int rows, int columns)
    {
        var random = new RandomStream(15, 7, (ulong)columns);
        output.WriteLine("id,y," + string.Join(',', Names(columns)));
        var effect = 0.0;
        var line = new string[columns];
        for (var row = 0; row < rows; row++)
        {
            effect = row % ClusterSize == 0 ? random.NextNormal() : effect;
            var outcome = effect + random.NextNormal();
            for (var j = 0; j < columns; j++)
            {
                var x = Math.Round(random.NextNormal(), 2);
                outcome += j % 100 == 0 ? x : 0;
                line[j] = x.ToString(CultureInfo.InvariantCulture);
            }

            output.Write(string.Create(CultureInfo.InvariantCulture, $"{(row / ClusterSize) + 1},{outcome:F3},"));
            output.WriteLine(string.Join(',', line));
        }
    }

    /// <summary>The right side of a formula with all of them.</summary>
    public static string Terms(int columns) => string.Join(" + ", Names(columns));

    private static IEnumerable<string> Names(int columns) =>
        Enumerable.Range(1, columns).Select(j => string.Create(CultureInfo.InvariantCulture, $"x{j}"));
}
