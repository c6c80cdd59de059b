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
        return StandardizedEffects.Of(model, [0, 0, 1.5 * t, 0.4 * t, 0.8 * t])!;
    }
}
