using MarginalConditional.Compare.Comparison.Statements;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Tests.Persons;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>The estimands in the terms of ICH E9(R1): one a rung, with nothing left empty, and what the trialist said in
/// it: the words of <see cref="MarginalConditional.Compare.Comparison.Statements.StatementSubject"/>.</summary>
public sealed class EstimandStatementTests
{
    [Fact]
    public void A_trial_by_cluster_has_one_a_rung_and_that_of_GEE()
    {
        var comparison = Sites("y ~ t + x + (1 | site)", "t");

        Assert.Equal([0, 1, 2, 3, 4, 1, 3, 4], comparison.Estimands.Select(statement => statement.Rung));
        Assert.Equal(
            ["conditional", "marginalized", "standardized", "standardized", "standardized", "marginal", "standardized", "standardized"],
            comparison.Estimands.Select(statement => statement.Estimand.Key));
        Assert.All(comparison.Estimands, Complete);
        Assert.All(comparison.Estimands, statement =>
        {
            Assert.Equal("t: 1 against 0", statement.Treatment);
            Assert.Equal("adults at the sites", statement.Population);
            Assert.Equal("treatment policy", statement.IntercurrentEvents);
        });
        Assert.Equal("the site (its random effects), and x", comparison.Estimands[0].ConditionalOn);
        Assert.Equal("x; not the site", comparison.Estimands[1].ConditionalOn);
        Assert.Equal("nothing beside the treatment", comparison.Estimands[3].ConditionalOn);
        Assert.Equal("participants: each participant counts once", comparison.Estimands[3].AveragedOver);
        Assert.Equal("sites: each site counts once, whatever its size", comparison.Estimands[4].AveragedOver);
    }

    [Theory]
    [InlineData(false, "participants, each alike over the whole trial", "periods, each alike, and participants within them")]
    [InlineData(true, "rows, each alike over the whole trial", "periods, each alike, and rows within them")]
    public void Where_rows_are_visits_an_average_over_periods_counts_rows(bool visits, string horizontal, string vertical)
    {
        var subject = new StatementSubject
        {
            Treatment = "arm",
            Levels = ["a", "b"],
            Trial = new TrialDescription(),
            Observed = "adults",
            Variable = "y",
            Covariates = [],
            Family = Family.Binomial,
            Link = Link.Logit,
            Person = "participant",
            Persons = "participants",
            HasVisits = visits,
            Unit = "site",
            Units = "sites",
        };
        string Over(PeriodEstimand estimand) => subject.OverPeriods(estimand, "differences", "t: 1, 2", "none").AveragedOver;
        Assert.Equal(horizontal, Over(PeriodEstimand.HorizontalIndividual));
        Assert.Equal(vertical, Over(PeriodEstimand.VerticalIndividual));
        Assert.Equal("sites, each alike over the whole trial", Over(PeriodEstimand.HorizontalCluster));
        Assert.Equal("cells of site and period, each alike", Over(PeriodEstimand.VerticalCluster));
    }

    [Fact]
    public void The_software_line_has_version_method_errors_and_degrees_of_freedom()
    {
        var comparison = Sites("y ~ t + x + (1 | site)", "t");
        var software = comparison.Estimands[3].Software;
        var version = typeof(EstimandStatement).Assembly.GetName().Version!.ToString(3);

        Assert.StartsWith($"MarginalConditional {version}, compare: ", software, StringComparison.Ordinal);
        Assert.Contains("25 nodes (binomial, logit link)", software, StringComparison.Ordinal);
        Assert.Contains("standard error: leave-one-out, one step; t with 29 degrees of freedom", software, StringComparison.Ordinal);
        Assert.Contains("t with 27 degrees of freedom", comparison.Estimands[5].Software, StringComparison.Ordinal);
    }

    [Fact]
    public void A_treatment_without_arms_has_the_conditional_and_the_marginal_one()
    {
        var comparison = Sites("y ~ x + t + (1 | site)", "x");

        Assert.Equal(["conditional", "marginal"], comparison.Estimands.Select(statement => statement.Estimand.Key));
        Assert.All(comparison.Estimands, Complete);
        Assert.All(comparison.Estimands, statement => Assert.Null(statement.Rung));
        Assert.Equal("each unit of x", comparison.Estimands[0].Treatment);
    }

    [Fact]
    public void A_trial_by_person_begins_at_the_second_rung()
    {
        var comparison = PersonComparer.Compare(
            PersonFrames.Reference("strong_covariate", "y ~ t + x"), new PersonOptions { Treatment = "t", Family = Family.Binomial });

        Assert.Equal([1, 2, 3, 3, 3], comparison.Estimands.Select(statement => statement.Rung));
        Assert.All(comparison.Estimands, Complete);
        Assert.Equal("odds ratio for participants with the same covariates", comparison.Estimands[0].Summary);
        Assert.Equal("odds ratio of the means if all participants had either treatment", comparison.Estimands[2].Summary);
        Assert.Contains("t with 3997 degrees of freedom", comparison.Estimands[2].Software, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_with_a_log_link_are_stated_as_ratios()
    {
        var comparison = ModelComparer.Compare(
            ReferenceFrames.Build("epilepsy", "y ~ trt + lbase + (1 | subject)"),
            new ComparisonOptions
            {
                Treatment = "trt",
                CheckReasons = false,
                Gee = new GeeOptions { Family = Family.Poisson, Correlation = WorkingCorrelation.Exchangeable },
                Glmm = new GlmmOptions { Family = Family.Poisson, Nodes = 15 },
            });

        Assert.Equal("ratio for one cluster", comparison.Estimands[0].Summary);
        Assert.Contains(comparison.Ladder.Sides, side => side is { Name: "marginal likelihood", Scale: "log ratio", Rung: 1 });
    }

    private static void Complete(EstimandStatement statement)
    {
        Assert.NotEmpty(statement.Name);
        Assert.All(statement.Attributes, attribute => Assert.False(string.IsNullOrWhiteSpace(attribute.Text), attribute.Name));
    }

    private static ModelComparison Sites(string formula, string treatment) =>
        ModelComparer.Compare(ReferenceFrames.Build("sites30", formula), new ComparisonOptions
        {
            Treatment = treatment,
            CheckReasons = false,
            MarginalLikelihood = false,
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 25 },
            Trial = new TrialDescription
            {
                Unit = "site",
                Population = "adults at the sites",
                IntercurrentEvents = "treatment policy",
            },
        });
}
