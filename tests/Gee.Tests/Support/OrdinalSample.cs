using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Gee.Tests.Support;

/// <summary>Ordered outcomes in clusters with gaps between the waves, made from a seed.</summary>
internal static class OrdinalSample
{
    /// <summary>Outcomes 0 to <paramref name="thresholds"/> with the columns arm, x and (second) arm:x.</summary>
    public static ModelFrame Create(
        int seed, int thresholds, bool weighted = false, bool withOffset = false, int clusters = 60, int waves = 4, double keep = 0.8)
    {
        var random = new Sequence(seed);
        var (offsets, waveOf, response) = (new List<int> { 0 }, new List<int>(), new List<double>());
        var (arm, x) = (new List<double>(), new List<double>());
        for (var i = 0; i < clusters; i++)
        {
            var effect = random.Normal();
            for (var wave = 0; wave < waves; wave++)
            {
                if (random.Uniform() < keep || (wave == waves - 1 && waveOf.Count == offsets[^1]))
                {
                    waveOf.Add(wave);
                    arm.Add(i % 2);
                    x.Add(random.Normal());
                    var u = random.Uniform();
                    var latent = (0.5 * arm[^1]) + (0.4 * x[^1]) + (0.9 * effect) + Math.Log(u / (1 - u));
                    response.Add(Enumerable.Range(0, thresholds).Count(k => latent > (1.2 * (k + 0.5 - (thresholds / 2.0)))));
                }
            }

            offsets.Add(waveOf.Count);
        }

        var n = waveOf.Count;
        string[] names = ["(Intercept)", "arm", "x"];
        return new ModelFrame(
            new DesignMatrix(n, names, [.. Enumerable.Repeat(1.0, n), .. arm, .. x], names),
            [.. response],
            new Clusters("id", [.. offsets], i => $"c{i + 1}"))
        {
            Categories = [.. Enumerable.Range(1, thresholds + 1).Select(level => $"{level}")],
            Waves = [.. waveOf],
            WaveValues = [.. waveOf.Select(wave => (double)wave)],
            Weights = weighted ? [.. Enumerable.Range(0, n).Select(_ => 0.5 + random.Uniform())] : [],
            AuxiliaryColumns = [new NumericColumn("group", [.. waveOf.Select((wave, row) => (double)((row + wave) % 2))])],
            Offset = withOffset ? [.. Enumerable.Range(0, n).Select(_ => 0.4 * random.Normal())] : [],
        };
    }

    /// <summary>Outcomes 0 and 1 as the binary model has them: 1 for the lower category, columns and offset with the other sign.</summary>
    public static ModelFrame WithIndicators(this ModelFrame frame)
    {
        var design = frame.Design;
        double[] values = [.. design.Values.ToArray().Select((value, i) => i < frame.Rows ? value : -value)];
        return new ModelFrame(
            new DesignMatrix(frame.Rows, design.Names, values, design.Terms),
            [.. frame.Response.ToArray().Select(outcome => 1 - outcome)],
            frame.Clusters)
        {
            Waves = frame.Waves,
            WaveValues = frame.WaveValues,
            Weights = frame.Weights,
            AuxiliaryColumns = frame.AuxiliaryColumns,
            Offset = Array.ConvertAll(frame.Offset.ToArray(), value => -value),
        };
    }
}
