using MarginalConditional.Compare.Comparison.Statements;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Tests.Persons;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests.Comparison;

/// <summary>Everything that a comparison shows beside its ladder has its estimand in words: <see cref="BesideStatements"/>.</summary>
public sealed class BesideStatementsTests
{
    [Fact]
    public void Every_kind_of_row_of_a_parallel_trial_has_a_statement()
    {
        var comparison = Compare("crt_ics40", "y ~ arm + x + (1 | cluster)", "arm", [Dial.Size, Dial.Law]);

        Assert.Contains(comparison.Ladder.Sides, side => side.Name == "marginal likelihood");
        Assert.Contains(comparison.Estimands, statement => statement.Estimand == Estimand.MarginalLikelihood && statement.Rung == 1);
        foreach (var row in comparison.Summaries.Estimates)
        {
            Assert.Contains(comparison.Estimands, statement => statement.Name.StartsWith(
                $"{row.Estimand.Name}, every {(row.Weighting == ClusterWeighting.Cluster ? "cluster" : "participant")} alike",
                StringComparison.Ordinal) && statement.Name.EndsWith("adjusted", StringComparison.Ordinal) == row.IsAdjusted);
        }

        foreach (var result in comparison.Standardized)
        {
            var rung = result.Means.Weighting == ClusterWeighting.Cluster ? 4 : 3;
            Assert.Contains(comparison.Estimands, statement => statement.Rung == rung
                && statement.Estimator.Contains(result.Method == "GEE" ? "GEE" : "mixed model", StringComparison.Ordinal)
                && result.Contrasts.All(contrast => statement.Summary.Contains(contrast.Measure.Name, StringComparison.Ordinal)));
        }

        Assert.All([Dial.Size, Dial.Law], dial => Assert.Contains(comparison.Estimands, statement =>
            statement.Name.Contains(dial == Dial.Size ? "the dial of size" : "the dial of the law", StringComparison.Ordinal)));
        Complete(comparison.Estimands);
    }

    [Fact]
    public void The_four_averages_over_periods_have_one_each()
    {
        var comparison = Compare("xo10", "y ~ trt + x + factor(period) + (1 | cluster)", "trt", [], "period");

        Assert.NotNull(comparison.Periods);
        Assert.All(PeriodEstimand.All, estimand => Assert.Single(
            comparison.Estimands, statement => statement.Name.StartsWith(estimand.Key + ",", StringComparison.Ordinal)));
        Complete(comparison.Estimands);
    }

    [Fact]
    public void A_trial_by_person_states_its_table_and_the_raw_means()
    {
        var comparison = PersonComparer.Compare(
            PersonFrames.Reference("strong_covariate", "y ~ t + x"), new PersonOptions { Treatment = "t", Family = Family.Binomial });

        Assert.Contains(comparison.Estimands, statement => statement.Summary.Contains("number needed to treat", StringComparison.Ordinal));
        Assert.Contains(comparison.Estimands, statement => statement.Name.Contains("raw means", StringComparison.Ordinal));
        Complete(comparison.Estimands);
    }

    private static void Complete(IEnumerable<EstimandStatement> statements) => Assert.All(statements, statement =>
        Assert.All(statement.Attributes, attribute => Assert.False(string.IsNullOrWhiteSpace(attribute.Text), attribute.Name)));

    private static ModelComparison Compare(string data, string formula, string treatment, IReadOnlyList<Dial> dials, string? period = null)
    {
        var request = new FrameRequest
        {
            Formula = FormulaParser.Parse(formula),
            AuxiliaryGroupings = period is null ? [] : [period],
        };
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read(ReferenceFiles.Data(data), new DatasetReaderOptions { Columns = request.Columns }),
            request);
        return ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = treatment,
            CheckReasons = false,
            Dials = dials,
            Period = period,
            Gee = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Exchangeable },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 15 },
        });
    }
}
