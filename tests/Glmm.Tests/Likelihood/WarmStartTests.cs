using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Fitting;
using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Tests.Crossed;
using MarginalConditional.Glmm.Tests.Ordinal;
using MarginalConditional.Glmm.Tests.Quadrature;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Likelihood;

/// <summary>
/// Where the modes of effects are sought from decides the last bits of a log-likelihood: one that starts at the modes of another has its
/// bits, whatever kind it is.
/// </summary>
public sealed class WarmStartTests
{
    [Theory]
    [InlineData("one level")]
    [InlineData("nested by Laplace")]
    [InlineData("nested by quadrature")]
    [InlineData("crossed")]
    [InlineData("ordinal")]
    [InlineData("ordinal, nested")]
    public void A_likelihood_started_at_the_modes_of_another_has_its_bits(string kind)
    {
        var ((one, point), (other, _)) = (Open(kind), Open(kind));
        one.Evaluate([.. point.Select(value => value + 0.2)], EvaluationNeeds.Value, [], []);
        var modes = one.CopyModes();
        Assert.Contains(modes.SelectMany(part => part), mode => mode != 0);
        other.StartAt(modes);
        Assert.Equal(modes, other.CopyModes());
        var (gradient, expected) = (new double[point.Length], new double[point.Length]);
        Assert.Equal(
            one.Evaluate(point, EvaluationNeeds.Gradient, expected, []), other.Evaluate(point, EvaluationNeeds.Gradient, gradient, []));
        Assert.Equal(expected, gradient);

        // What was copied does not move with the search.
        Assert.NotEqual(modes, one.CopyModes());
    }

    private static (MarginalLikelihood Likelihood, double[] Point) Open(string kind)
    {
        if (kind.StartsWith("ordinal", StringComparison.Ordinal))
        {
            var ordered = OrdinalShapes.Model(kind == "ordinal" ? "slope" : "nested by quadrature", "logit", nominal: false, seed: 4);
            return (ordered.Open(ordered.Nodes), OrdinalShapes.Point(ordered));
        }

        var frame = kind switch
        {
            "one level" => SyntheticFrames.Make(3, Family.Binomial, [8], effects: 2),
            "crossed" => CrossedShapes.Of("two", 3, Family.Binomial),
            _ => SyntheticFrames.Make(3, Family.Binomial, [4, 3]),
        };
        var model = new PreparedModel(frame, new GlmmOptions { Family = Family.Binomial, Threads = 1 });
        return (model.Open(kind is "one level" or "nested by quadrature" ? 5 : 1), SmallClusters.Point(model.Map.ParameterCount));
    }
}
