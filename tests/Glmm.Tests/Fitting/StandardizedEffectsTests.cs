using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Fitting;

/// <summary><see cref="StandardizedEffects"/> against plain sums, and its limit against parameters that are large.</summary>
public class StandardizedEffectsTests
{
    private static readonly double[] Times = [0, 1, 2];

    // One group of two groups of two pairs whose outcomes are alike.
    private static readonly double[] LevelOutcomes = [1, 1, 0, 0, 1, 1, 0, 0];

    // Two clusters of three rows whose outcomes a line through them tells apart: one rises, one falls.
    private static readonly double[] Outcomes = [0, 1, 1, 1, 1, 0];

    [Fact]
    public void Finite_is_a_plain_sum_over_both_effects()
    {
        var effects = Effects(1);
        double[] predictor = [0.3, 0.1, -0.1, 0.3, 0.1, -0.1];
        const double Step = 0.02;
        var total = 0.0;
        for (var cluster = 0; cluster < 2; cluster++)
        {
            var sum = 0.0;
            for (var u = -7.0; u <= 7; u += Step)
            {
                for (var v = -7.0; v <= 7; v += Step)
                {
                    var product = Math.Exp(-((u * u) + (v * v)) / 2) / (2 * Math.PI);
                    for (var row = 3 * cluster; row < (3 * cluster) + 3; row++)
                    {
                        var eta = predictor[row] + (effects.Loadings[0][row] * u) + (effects.Loadings[1][row] * v);
                        product /= 1 + Math.Exp(Outcomes[row] == 1 ? -eta : eta);
                    }

                    sum += product;
                }
            }

            total += Math.Log(sum * Step * Step);
        }

        Assert.Equal(2, effects.Count);
        Assert.Equal(total, effects.Finite(predictor), 1e-6);
    }

    // Along this ray t(β, Λ) the log-likelihood is the limit and c/t², up to higher powers: two points give it.
    [Fact]
    public void The_limit_is_where_the_ray_leads()
    {
        double[] direction = [0.3, 0.1, -0.1, 0.3, 0.1, -0.1];
        double At(double t) => Effects(t).Finite([.. direction.Select(value => t * value)]);
        var limit = Effects(1).Limit(direction);
        var (near, far) = (At(6), At(12));
        Assert.True(Math.Abs(far - limit) < Math.Abs(near - limit) / 3);
        Assert.Equal(limit, ((4 * far) - near) / 3, 3e-3);
        Assert.Equal(limit, Effects(7).Limit([.. direction.Select(value => 7 * value)]), 1e-9);
    }

    [Fact]
    public void A_group_that_no_effect_explains_is_impossible()
    {
        var one = Effects(1).Only(0);
        Assert.Equal(double.NegativeInfinity, one.Limit([1, 0, -1, 1, 0, -1]));
        var (low, high, _, _) = one.Bounds(0, 3, [1, 0, -1, 0, 0, 0], 0);
        Assert.False(low < high);
        Assert.Equal(0, StandardizedEffects.Probability(low, high));
        Assert.Equal(7.6198530241605e-24, StandardizedEffects.Probability(10, double.PositiveInfinity), 1e-33);
    }

    // Three nested levels: the sums of a plain program on a fine grid, and the limit along the ray from two points of it.
    [Fact]
    public void Three_levels_are_sums_within_sums()
    {
        double[] direction = [0.2, 0.2, -0.3, -0.3, 0.4, 0.4, -0.2, -0.2];
        var effects = Levels(1, 1, 1);
        Assert.Equal(3, effects.Count);
        Assert.Equal(Plain(effects, direction), effects.Finite(direction), 1e-4);
        double At(double t) => Levels(t, t, t).Finite([.. direction.Select(value => t * value)]);
        var (limit, near, far) = (effects.Limit(direction), At(5), At(10));
        Assert.True(Math.Abs(far - limit) < Math.Abs(near - limit) / 1.5);
        Assert.Equal(limit, (2 * far) - near, 0.02);
    }

    // An effect that grows alone halves what the rows that it does not move have by the others.
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void An_effect_that_grows_leaves_half(int effect)
    {
        double[] predictor = [0.2, 0.1, -0.3, 0.4, 0.1, 0.2, -0.2, 0.1], sizes = [1, 1, 1];
        var effects = Levels(1, 1, 1, effect);
        var limit = effects.Growing(effect, predictor);
        sizes[effect] = 400;
        Assert.Equal(limit, Levels(sizes[0], sizes[1], sizes[2], effect).Finite(predictor), 0.02);

        // Where rows of one group differ, nothing is left.
        var crossed = Levels(1, 1, 1);
        Assert.Equal(effect == 2 ? Math.Log(1.0 / 16) : double.NegativeInfinity, crossed.Growing(effect, predictor), 1e-9);
    }

    private static double Plain(StandardizedEffects effects, double[] predictor)
    {
        const double Step = 0.2;
        return Math.Log(Sum(z => Pair(z, 0) * Pair(z, 4)));

        double Pair(double z, int first) => Sum(u => Two(z, u, first) * Two(z, u, first + 2));
        double Two(double z, double u, int first) => Sum(v => Row(z, u, v, first) * Row(z, u, v, first + 1));

        double Row(double z, double u, double v, int row)
        {
            var eta = predictor[row] + (effects.Loadings[0][row] * z) + (effects.Loadings[1][row] * u) + (effects.Loadings[2][row] * v);
            return 1 / (1 + Math.Exp(LevelOutcomes[row] == 1 ? -eta : eta));
        }

        static double Sum(Func<double, double> value)
        {
            var sum = 0.0;
            for (var z = -7.0; z <= 7; z += Step)
            {
                sum += Step * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI) * value(z);
            }

            return sum;
        }
    }

    /// <summary>Three nested intercepts; one of them may move the rows with events alone.</summary>
    private static StandardizedEffects Levels(double first, double second, double third, int eventsOnly = -1)
    {
        string[] names = ["(Intercept)"];
        double[] ones = [.. Enumerable.Repeat(1.0, 8)];
        var frame = new ModelFrame(new DesignMatrix(8, names, ones, names), LevelOutcomes, new Clusters("a", [0, 8], c => $"{c}"))
        {
            RandomTerms = [.. new[] { 8, 4, 2 }.Select((size, level) => new RandomTermDesign(
                $"level{level}",
                [.. Enumerable.Range(0, 8).Select(row => row / size)],
                8 / size,
                c => $"{c}",
                level == eventsOnly ? ["event"] : names,
                level == eventsOnly ? LevelOutcomes : ones,
                correlated: true))],
        };
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial });
        double[] scaled = [0, first, second, third];
        return StandardizedEffects.Of(model, SidedRows.Of(model, scaled), scaled)!;
    }

    /// <summary>Random intercepts and slopes with Λ = t[1.5, 0.4; 0, 0.8] in scaled units.</summary>
    private static StandardizedEffects Effects(double t)
    {
        double[] times = [.. Times, .. Times];
        string[] names = ["(Intercept)", "time"];
        var clusters = new Clusters("id", [0, 3, 6], c => $"{c}");
        double[] design = [1, 1, 1, 1, 1, 1, .. times];
        var frame = new ModelFrame(new DesignMatrix(6, names, design, names), Outcomes, clusters)
        {
            RandomTerms = [new RandomTermDesign("id", [0, 0, 0, 1, 1, 1], 2, c => $"{c}", names, design, correlated: true)],
        };
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial });
        double[] scaled = [0, 0, 1.5 * t, 0.4 * t, 0.8 * t];
        return StandardizedEffects.Of(model, SidedRows.Of(model, scaled), scaled)!;
    }
}
