using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests;

/// <summary>What must hold for every data set.</summary>
public sealed class FitProperties
{
    private static readonly GlmmOptions Binomial = new() { Family = Family.Binomial, CheckNodes = false };
    private static readonly Arbitrary<int> Seeds = Gen.Choose(1, 100000).ToArbitrary();

    [Fact]
    public void The_order_of_clusters_changes_nothing() => ForAll(frame =>
    {
        var fit = GlmmFitter.Fit(frame, Binomial);
        var reversed = GlmmFitter.Fit(Reversed(frame), Binomial);
        Same(fit, reversed, 1e-8);
        var k = frame.Clusters.Count;
        Assert.Equal(fit.RandomEffects[0].Modes[0], reversed.RandomEffects[0].Modes[k - 1], 1e-6);
    });

    [Fact]
    public void Doubling_a_covariate_halves_its_coefficient_and_standard_error() => ForAll(frame =>
    {
        var fit = GlmmFitter.Fit(frame, Binomial);
        var design = frame.Design.Values.ToArray();
        for (var i = frame.Rows; i < 2 * frame.Rows; i++)
        {
            design[i] = (2 * design[i]) + 3;
        }

        var moved = GlmmFitter.Fit(With(frame, design), Binomial);
        Assert.Equal(fit.LogLikelihood, moved.LogLikelihood, 1e-8);
        Assert.Equal(fit.Coefficients[1], 2 * moved.Coefficients[1], 1e-6);
        Assert.Equal(fit.StandardErrors[1], 2 * moved.StandardErrors[1], 1e-5);
        Assert.Equal(fit.Coefficients[0], moved.Coefficients[0] + (3 * moved.Coefficients[1]), 1e-6);
    });

    [Fact]
    public void Frequency_weights_of_two_equal_every_cluster_with_its_rows_twice() => ForAll(frame =>
    {
        var weights = new double[frame.Rows];
        Array.Fill(weights, 2);
        var weighted = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            RandomTerms = frame.RandomTerms,
            Weights = weights,
        };
        Same(GlmmFitter.Fit(weighted, Binomial), GlmmFitter.Fit(Doubled(frame), Binomial), 1e-7);
    });

    [Fact]
    public void Trials_equal_the_single_outcomes_they_count() => ForAll(frame =>
    {
        var doubled = Doubled(frame);
        var trials = new double[frame.Rows];
        Array.Fill(trials, 2);
        var counted = new ModelFrame(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            RandomTerms = frame.RandomTerms,
            Trials = trials,
        };
        var (events, singles) = (GlmmFitter.Fit(counted, Binomial), GlmmFitter.Fit(doubled, Binomial));
        Assert.Equal(events.Coefficients[1], singles.Coefficients[1], 1e-6);

        // 0 or 2 events of 2: the binomial coefficient is 1, so the likelihoods agree too.
        Assert.Equal(events.LogLikelihood, singles.LogLikelihood, 1e-7);
    });

    [Fact]
    public void More_nodes_change_little_once_there_are_many() => ForAll(frame =>
    {
        var fit = GlmmFitter.Fit(frame, Binomial with { Nodes = 25 });
        var finer = GlmmFitter.Fit(frame, Binomial with { Nodes = 50 });
        Assert.Equal(finer.LogLikelihood, fit.LogLikelihood, 1e-3);
    });

    [Theory]
    [InlineData("gamma", "inverse", 1000)]
    [InlineData("gamma", "identity", 1000)]
    [InlineData("inverse-gaussian", "inverse", 1000)]
    [InlineData("poisson", "identity", 1)]
    [InlineData("poisson", "sqrt", 1)]
    public void Links_with_a_unit_start_well_without_an_intercept_column_and_in_any_unit(string familyName, string linkName, double unit)
    {
        Assert.True(Family.TryParse(familyName, out var family));
        Assert.True(Link.TryParse(linkName, out var link));
        var frame = Positive(SyntheticFrames.Make(77, family, [50]), family);
        var options = new GlmmOptions { Family = family, Link = link, CheckNodes = false };
        var fit = GlmmFitter.Fit(frame, options);
        Assert.True(fit.Convergence.Converged, fit.Convergence.ToString());

        // Two arms as two columns that add up to one.
        var n = frame.Rows;
        var arms = frame.Design.Values.ToArray();
        for (var i = 0; i < n; i++)
        {
            arms[i] = 1 - arms[(2 * n) + i];
        }

        var parts = With(frame, arms).WithResponse([.. frame.Response.ToArray().Select(y => unit * y)]);
        var other = GlmmFitter.Fit(parts, options);
        Assert.True(other.Convergence.Converged, other.Convergence.ToString());
        Assert.Equal(fit.LogLikelihood, other.LogLikelihood + (unit == 1 ? 0 : n * Math.Log(unit)), 1e-6);
    }

    // Outcomes whose predictor stays positive under every effect that matters.
    private static ModelFrame Positive(ModelFrame frame, Family family)
    {
        var response = new double[frame.Rows];
        var stream = new RandomStream(5, 6, 7);
        for (var i = 0; i < response.Length; i++)
        {
            var mean = 4 + (0.3 * frame.Design.Column(1)[i]) + (0.4 * frame.Design.Column(2)[i])
                + (0.5 * Math.Sin(1.7 * frame.RandomTerms[0].Groups[i]));
            response[i] = family == Family.Poisson
                ? RandomDistributions.NextPoisson(stream, mean)
                : mean * RandomDistributions.NextGamma(stream, 8) / 8;
        }

        return frame.WithResponse(response);
    }

    private static void ForAll(Action<ModelFrame> law) =>
        Prop.ForAll(Seeds, seed => law(SyntheticFrames.Make(seed, Family.Binomial, [40])))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));

    private static void Same(GlmmFit a, GlmmFit b, double tolerance)
    {
        Assert.Equal(a.LogLikelihood, b.LogLikelihood, tolerance * 10);
        for (var j = 0; j < a.Coefficients.Length; j++)
        {
            Assert.Equal(a.Coefficients[j], b.Coefficients[j], tolerance * 100);
        }
    }

    private static ModelFrame With(ModelFrame frame, double[] design) =>
        new(new DesignMatrix(frame.Rows, frame.Design.Names, design, frame.Design.Terms), frame.Response.ToArray(), frame.Clusters)
        {
            RandomTerms = frame.RandomTerms,
        };

    private static ModelFrame Reversed(ModelFrame frame) => Rebuilt(frame, [.. Enumerable.Range(0, frame.Clusters.Count).Reverse()], 1);

    private static ModelFrame Doubled(ModelFrame frame) => Rebuilt(frame, [.. Enumerable.Range(0, frame.Clusters.Count)], 2);

    private static ModelFrame Rebuilt(ModelFrame frame, int[] clusters, int copies)
    {
        var rows = new List<int>();
        var offsets = new List<int> { 0 };
        foreach (var cluster in clusters)
        {
            for (var copy = 0; copy < copies; copy++)
            {
                rows.AddRange(Enumerable.Range(frame.Clusters.Start(cluster), frame.Clusters.Size(cluster)));
            }

            offsets.Add(rows.Count);
        }

        var design = Enumerable.Range(0, 3).SelectMany(j => rows.Select(i => frame.Design.Column(j)[i])).ToArray();
        return new ModelFrame(
            new DesignMatrix(rows.Count, frame.Design.Names, design, frame.Design.Terms),
            [.. rows.Select(i => frame.Response[i])],
            new Clusters("g0", [.. offsets], g => $"{g}"));
    }
}
