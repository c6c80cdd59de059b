using MarginalConditional.Compare.Simulation.Marginal;

namespace MarginalConditional.Compare.Tests.Simulation.Marginal;

/// <summary>Correlations that cannot be had are refused with their bound.</summary>
public sealed class MarginalRefusalTests
{
    [Fact]
    public void A_pair_outside_its_Frechet_bounds_names_them()
    {
        foreach (var method in MarginalMethod.All)
        {
            Assert.Equal(
                "Outcomes with means 0.1 and 0.5 have correlations from -0.3333 to 0.3333, their Fréchet bounds; "
                + "exchangeable(0.4) asks for 0.4.",
                Problem(method, CorrelationStructure.Exchangeable(0.4), [0.1, 0.5]));
        }
    }

    [Fact]
    public void Negative_correlations_have_a_limit_by_size() => Assert.Equal(
        "No 5 outcomes have the correlation -0.3 with each other: it has to exceed -0.25.",
        Problem(MarginalMethod.GaussianCopula, CorrelationStructure.Exchangeable(-0.3), [0.5, 0.5, 0.5, 0.5, 0.5]));

    [Fact]
    public void A_matrix_that_is_none_of_correlations_shows_its_eigenvalue()
    {
        // For vectors (a, b, b) the matrix is [1, 1; 0.5, 0.2]: the smallest eigenvalue is (1.2 − √2.64)/2 = −0.2124.
        var problem = Problem(MarginalMethod.EmrichPiedmonte, CorrelationStructure.Unstructured(0.5, 0.5, -0.8), [0.5, 0.5, 0.5]);
        Assert.StartsWith("No outcomes have the correlations unstructured(0.5, 0.5, -0.8) in a cluster of 3 rows", problem);
        Assert.Contains("(its smallest eigenvalue is -0.2124)", problem);
    }

    [Fact]
    public void Scores_that_do_not_go_together_say_how_much_they_admit()
    {
        // Three fair coins: scores have r = sin(πρ/2), so at ρ = −0.36 the pairs are possible and the three together are not (r < −½).
        var problem = Problem(MarginalMethod.EmrichPiedmonte, CorrelationStructure.Exchangeable(-0.36), [0.5, 0.5, 0.5]);
        Assert.Equal(
            "No normal scores give outcomes with these means the correlations exchangeable(-0.36) in a cluster of 3 rows: "
            + "the matrix of the scores is not positive definite (its smallest eigenvalue is -0.0717). "
            + "The most they admit is about exchangeable(-0.3333).",
            problem);
    }

    [Fact]
    public void The_conditional_linear_family_has_bounds_of_its_own()
    {
        // Row 3 given two zeros: 0.1 + b(−0.1)·2… with b = ρ/(1 + ρ) < 0 the extreme is two ones.
        var problem = Problem(MarginalMethod.Qaqish, CorrelationStructure.Exchangeable(-0.08), [0.1, 0.1, 0.1]);
        Assert.Contains("the probability of row 3 of a cluster would range from -0.0565 to 0.1174", problem);
        Assert.Contains("The most it admits is about exchangeable(-0.0526)", problem);
    }

    [Fact]
    public void Unstructured_correlations_are_as_many_as_pairs() => Assert.Equal(
        "Clusters of 4 rows have 6 correlations; unstructured has 3.",
        Problem(MarginalMethod.Qaqish, CorrelationStructure.Unstructured(0.1, 0.1, 0.1), [0.5, 0.5, 0.5, 0.5]));

    private static string? Problem(MarginalMethod method, CorrelationStructure structure, double[] means)
    {
        var known = new Dictionary<double, OutcomeMargin>();
        foreach (var mean in means)
        {
            known.TryAdd(mean, OutcomeMargin.Bernoulli(mean));
        }

        var law = method.Prepare(structure, [.. means.Select(mean => known[mean])], new int[means.Length], out var problem);
        Assert.Null(law);
        return problem;
    }
}
