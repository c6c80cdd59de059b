using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Likeness;

/// <summary>A small trial to be fitted: clusters of unequal size, two arms, a covariate that names every row.</summary>
internal static class FittedTrials
{
    /// <summary>Thirty clusters of 2 to 7 rows, twelve of them treated, with a random intercept.</summary>
    /// <param name="family">Binomial, Poisson or gaussian.</param>
    /// <param name="spread">The standard deviation of the intercepts.</param>
    /// <param name="withTerm">Whether the frame has the random intercept as a term, as a formula gives it.</param>
    public static ModelFrame Draw(Family family, double spread, bool withTerm)
    {
        var stream = new RandomStream(5, 1, 1);
        var offsets = new int[31];
        for (var c = 0; c < 30; c++)
        {
            offsets[c + 1] = offsets[c] + 2 + (c * 5 % 6);
        }

        var n = offsets[^1];
        var clusters = new Clusters("site", offsets, index => $"site {index}");
        var (values, response, waves) = (new double[3 * n], new double[n], new int[n]);
        for (var c = 0; c < 30; c++)
        {
            var effect = spread * stream.NextNormal();
            for (var row = offsets[c]; row < offsets[c + 1]; row++)
            {
                values[row] = 1;
                values[n + row] = c % 5 < 2 ? 1 : 0;
                values[(2 * n) + row] = ((row * 37 % n) - (n / 2.0)) / n;
                waves[row] = row - offsets[c];
                var mean = family.DefaultLink.Mean(-0.4 + (0.8 * values[n + row]) + (1.5 * values[(2 * n) + row]) + effect);
                response[row] = family == Family.Binomial ? stream.NextBernoulli(mean)
                    : family == Family.Poisson ? stream.NextPoisson(mean)
                    : mean + (0.5 * stream.NextNormal());
            }
        }

        string[] names = ["(Intercept)", "arm", "x"];
        var frame = new ModelFrame(new DesignMatrix(n, names, values, names), response, clusters) { Waves = waves };
        var ones = new double[n];
        Array.Fill(ones, 1);
        var term = new RandomTermDesign("site", clusters.OfRows(), 30, clusters.Label, ["(Intercept)"], ones, correlated: true);
        return withTerm ? frame.WithTerms(frame.Design, [term]) : frame;
    }
}
