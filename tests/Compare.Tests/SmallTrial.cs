using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests;

/// <summary>Small made data: binary or counted outcomes in clusters of different sizes, with an arm and a time.</summary>
internal static class SmallTrial
{
    /// <summary>A frame with columns (Intercept), arm and time.</summary>
    /// <param name="clusters">How many clusters.</param>
    /// <param name="seed">Names the data.</param>
    /// <param name="counts">Whether the outcomes are counts rather than 0 and 1.</param>
    public static ModelFrame Frame(int clusters, ulong seed, bool counts = false)
    {
        var random = new RandomStream(seed, 1, 1);
        List<int> offsets = [0];
        List<double> response = [], arm = [], time = [];
        for (var c = 0; c < clusters; c++)
        {
            var effect = 1.2 * random.NextNormal();
            for (var i = 0; i < 2 + (c % 3); i++)
            {
                arm.Add(c % 2);
                time.Add(i);
                var eta = -0.3 + (0.7 * arm[^1]) - (0.2 * i) + effect;
                response.Add(counts ? random.NextPoisson(Math.Exp(eta / 2)) : random.NextBernoulli(1 / (1 + Math.Exp(-eta))));
            }

            offsets.Add(response.Count);
        }

        var design = TableFile.Design(("(Intercept)", [.. Enumerable.Repeat(1.0, response.Count)]), ("arm", [.. arm]), ("time", [.. time]));
        return new ModelFrame(design, [.. response], new Clusters("id", [.. offsets], c => $"{c}"));
    }
}
