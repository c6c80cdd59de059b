using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Simulation.Studies;
using MarginalConditional.Data;

namespace MarginalConditional.Compare.Tests.Simulation;

/// <summary>Study files with every design and setting, and what is refused of them.</summary>
public sealed class DesignStudiesTests
{
    private const string Methods = """
        estimands: [conditional, marginal, risk-difference]
        methods:
          - glmm: {nodes: 5}
          - gee
          - standardized-gee
        """;

    [Theory]
    [InlineData("design: by-person, allocation: '2:1', treatment-sigma: 0.4, treatment-correlation: -0.3")]
    [InlineData("design: stepped-wedge, periods: 4, trend: 0.1, period-sigma: 0.3, period-correlation: 0.8")]
    [InlineData("design: cluster-crossover, cluster-size: poisson(9), trend: 0.2, carry-over: 0.1, trend-sigma: 0.1")]
    [InlineData("design: longitudinal, periods: 3, person-sigma: 0.5")]
    [InlineData("design: crossover, allocation: '1:3'")]
    [InlineData("design: meta-analysis, treatment-sigma: 0.2")]
    [InlineData("sigma-treated: 1.5, clusters: 21")]
    [InlineData("cluster-size: 'cv(9, 0.5)', size-slope: 0.2, size-effect: -0.3")]
    [InlineData("cluster-size: 'either(4, 12)', covariate: normal, covariate-slope: 0.5, cluster-covariate: two-point(0.3)")]
    [InlineData("link: identity, baseline: 0.4, effect: 0.1, random-effect: two-point(0.5), sigma: 0.05")]
    [InlineData("outcome: count, link: identity, baseline: 4, effect: 1, random-effect: gamma(4), sigma: 0.3")]
    public void A_design_is_read_and_run(string settings)
    {
        var study = Read(settings);
        var result = SimulationRunner.Run(study with { Replicates = 4 }, new SimulationOptions { Threads = 1 });
        foreach (var row in result.Scenarios[0].Performance)
        {
            // The mixed model has no likelihood where its normal effects take probabilities below 0.
            Assert.Equal(settings.StartsWith("link: identity", StringComparison.Ordinal) && row.Method == "glmm" ? 4 : 0, row.Failed);
            Assert.True(double.IsFinite(row.Truth), row.Method);
        }
    }

    [Fact]
    public void Arms_are_compared_with_the_first_one_by_one_and_covariates_can_be_in_the_model()
    {
        var study = Studies.Read("""
            study: arms
            seed: 1
            replicates: 150
            data-generating-mechanisms: {clusters: 90, arms: 3, allocation: "2:1:1", cluster-size: 8, effect: 0.4, effect-arm3: -0.6,
              sigma: 0.5, covariate: normal, covariate-slope: 1}
            estimands: [conditional-arm3, marginal-given-covariates-arm3, risk-difference-arm3, rung-2-difference-arm3]
            methods:
              - glmm: {nodes: 7, arm: 3, adjust: covariates}
              - gee: {arm: 3, adjust: covariates}
              - standardized-gee: {arm: 3, adjust: covariates}
              - marginalized-glmm: {nodes: 7, arm: 3, adjust: covariates}
              - standardized-glmm: {nodes: 7, arm: 3, adjust: covariates}
            """);
        var rows = SimulationRunner.Run(study, new SimulationOptions()).Scenarios[0].Performance;
        Assert.Equal(-0.6, rows[0].Truth);
        foreach (var row in rows)
        {
            Assert.Equal(0, row.Failed);
            Assert.InRange(row.Bias.Value, (-4 * row.Bias.MonteCarloError) - 0.02, (4 * row.Bias.MonteCarloError) + 0.02);
            Assert.InRange(row.Coverage.Value, 0.87, 0.99);
        }
    }

    [Fact]
    public void Units_have_a_mean_given_the_unit_and_one_of_all()
    {
        var study = Studies.Read("""
            study: units
            seed: 1
            replicates: 60
            data-generating-mechanisms: {design: units, clusters: 60, cluster-size: "cv(20, 0.6)", baseline: -1, sigma: 1}
            estimands: [conditional, marginal, cluster-sd]
            methods: [glmm, gee]
            """);
        var rows = SimulationRunner.Run(study, new SimulationOptions()).Scenarios[0].Performance;
        Assert.Equal(-1, rows[0].Truth);
        Assert.InRange(rows[1].Truth, -0.9, -0.8);
        Assert.All(rows, row => Assert.InRange(Math.Abs(row.Bias.Value), 0, (4 * row.Bias.MonteCarloError) + 0.03));
    }

    [Theory]
    [InlineData("design: by-persom", "Did you mean \"by-person\"?")]
    [InlineData("arms: 3, allocation: '1:1'", "The setting allocation is \"1:1\"; it must have 3 shares from 1 to 20.")]
    [InlineData("arms: 3, effect-arm4: 1", "The setting effect-arm4 has no meaning in a trial of 3 arms.")]
    [InlineData("periods: 3", "The setting periods has no meaning in the parallel design.")]
    [InlineData("design: stepped-wedge, periods: 30, cluster-size: 30", "With 24 clusters some of the 29 arms or sequences have none.")]
    [InlineData("design: stepped-wedge, periods: 12", "shares the rows of a cluster out over 12 periods and needs as many")]
    [InlineData("design: units", "The setting effect has no meaning in the units design.")]
    [InlineData("treatment-correlation: 0.5", "has no meaning without a treatment-sigma above 0")]
    [InlineData("random-effect: t(5), treatment-sigma: 1, treatment-correlation: 0.5", "needs normal intercepts")]
    [InlineData("covariate-slope: 1", "The setting covariate-slope has no meaning without a covariate.")]
    [InlineData("covariate: poisson(3)", "The setting covariate is \"poisson(3)\".")]
    [InlineData("cluster-size: 'either(5, 3)'", "The setting cluster-size is \"either(5, 3)\".")]
    [InlineData("link: identity", "its linear predictors go from -Infinity to Infinity")]
    [InlineData("link: identity, random-effect: two-point(0.5), baseline: 0.5, sigma: 0.1", "from 0.4 to 1.1")]
    [InlineData("outcome: count, sigma-treated: 1, random-effect: gamma(1), sigma: 0.5", "effects is infinite")]
    public void What_has_no_meaning_is_refused(string settings, string part)
    {
        var exception = Assert.Throws<InputException>(() => Read(settings));
        Assert.Contains(part, exception.Message, StringComparison.Ordinal);
        Assert.NotNull(exception.Line);
    }

    private static Study Read(string settings)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["clusters"] = "24",
            ["cluster-size"] = "8",
            ["effect"] = "0.5",
            ["sigma"] = "0.5",
        };
        foreach (var pair in SettingPattern(settings))
        {
            all[pair.Key] = pair.Value;
        }

        var mechanism = string.Join('\n', all.Select(pair => $"  {pair.Key}: {pair.Value}"));
        return Studies.Read($"study: s\nseed: 1\nreplicates: 2\ndata-generating-mechanisms:\n{mechanism}\n{Methods}");
    }

    /// <summary>Settings between commas that are not within brackets.</summary>
    private static IEnumerable<KeyValuePair<string, string>> SettingPattern(string settings)
    {
        foreach (var part in settings.Split(", ").Aggregate(new List<string>(), (parts, part) =>
        {
            if (part.Contains(": ", StringComparison.Ordinal))
            {
                parts.Add(part);
            }
            else
            {
                parts[^1] += ", " + part;
            }

            return parts;
        }))
        {
            var colon = part.IndexOf(": ", StringComparison.Ordinal);
            yield return KeyValuePair.Create(part[..colon], part[(colon + 2)..]);
        }
    }
}
