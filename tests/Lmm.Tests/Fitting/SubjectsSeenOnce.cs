using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;

namespace MarginalConditional.Lmm.Tests.Fitting;

/// <summary>Growth curves of subjects of whom many were seen once: only the others tell slopes from intercepts.</summary>
internal static class SubjectsSeenOnce
{
    private const int Visits = 12;

    /// <summary>A data set on a grid of its own: how many subjects, how many seen once, how the curves vary, bend and err.</summary>
    /// <param name="seed">The data set.</param>
    /// <param name="correlated">Whether intercept and slope may correlate in the model.</param>
    /// <param name="most">The most subjects.</param>
    public static ModelFrame Frame(ulong seed, bool correlated, int most = 50)
    {
        var numbers = new Numbers(seed);
        var (subjects, once, scale) = (8 + numbers.Below(most - 7), 0.1 + (0.6 * numbers.Uniform()), Math.Pow(10, numbers.Below(3)));
        var (intercept, slope, correlation) = (2 * numbers.Uniform(), numbers.Uniform(), 0.99 * ((2 * numbers.Uniform()) - 1));
        var (error, bend) = (0.3 + (2.7 * numbers.Uniform()), 0.1 * numbers.Below(2));
        var (offsets, y, time, groups) = (new List<int> { 0 }, new List<double>(), new List<double>(), new List<int>());
        for (var i = 0; i < subjects; i++)
        {
            var (first, second) = (numbers.Normal(), numbers.Normal());
            var own = slope * ((correlation * first) + (Math.Sqrt(1 - (correlation * correlation)) * second));
            var seen = numbers.Uniform() < once ? 1 : 2 + numbers.Below(Visits - 1);
            for (var visit = 0; visit < seen; visit++)
            {
                var t = Math.Min(2 * visit, 21);
                y.Add(scale * (4 + (intercept * first) + ((1 + own) * t) + (bend * (own + 0.3) * t * t) + (error * numbers.Normal())));
                time.Add(t);
                groups.Add(i);
            }

            offsets.Add(y.Count);
        }

        double[] x = [.. Enumerable.Repeat(1.0, y.Count), .. time];
        string[] names = ["(Intercept)", "Time"];
        return new ModelFrame(
            new DesignMatrix(y.Count, names, x, names),
            [.. y],
            new Clusters("id", [.. offsets], LinearFrames.Label))
        {
            RandomTerms = [new RandomTermDesign("id", [.. groups], subjects, LinearFrames.Label, names, x, correlated)],
        };
    }
}
