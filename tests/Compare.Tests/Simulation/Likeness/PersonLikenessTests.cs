using System.Globalization;
using System.Text;
using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Persons;
using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Likeness;

/// <summary>
/// <see cref="PersonLikeness"/>: a large trial like a comparison by person, fitted again, gives its model back; the truths of
/// <see cref="LikeTruth"/> are those of the comparison, which finds them in another way.
/// </summary>
public sealed class PersonLikenessTests
{
    public static TheoryData<string> Families => ["binomial", "poisson", "gaussian", "gamma", "negative-binomial"];

    [Theory]
    [MemberData(nameof(Families))]
    public void Coefficients_and_dispersion_come_back(string family)
    {
        var comparison = Compare(family);
        var source = new LikeSource(TrialLikeness.Of(comparison), treatment: "arm", clusters: 40_000);
        var frame = source.Open().Draw(new RandomStream(1, 2, 3), 0);
        var estimator = new PersonComparisonEstimator { Name = "coefficient", Row = PersonRow.Conditional };
        var estimate = estimator.Estimate(new Replicate(source.ModelOf(frame), frame));
        Assert.InRange(Math.Abs(estimate.Value - comparison.Fit.Coefficients[1]), 0, 4 * estimate.StandardError);

        // The spread about the fitted means is that of the data, per unit of the family's variance.
        Assert.Equal(1, Pearson(comparison, frame) / Pearson(comparison, comparison.Frame), 0.06);
    }

    [Fact]
    public void Truths_are_those_of_the_comparison_itself()
    {
        var comparison = Compare("binomial");
        var source = new LikeSource(TrialLikeness.Of(comparison), treatment: "arm");
        Assert.Equal((comparison.Fit.Coefficients[1], "T1"), source.TruthOf(StudyTarget.Conditional));
        foreach (var contrast in comparison.Standardized!.Contrasts)
        {
            foreach (var rung in new[] { 2, 3 })
            {
                var target = StudyTarget.Rung(rung, ClusterWeighting.Participant, contrast.Measure);
                Assert.Equal(contrast.Inference.Estimate, source.TruthOf(target)!.Value.Value, 1e-9);
            }
        }
    }

    [Fact]
    public void A_column_that_is_no_plain_name_and_an_offset_are_carried_through()
    {
        var comparison = Compare("poisson", "y ~ arm + log(years) + x", offset: "years");
        var source = new LikeSource(TrialLikeness.Of(comparison), treatment: "arm", clusters: 20_000);
        var frame = source.Open().Draw(new RandomStream(1, 2, 3), 0);
        var estimate = new PersonComparisonEstimator { Name = "rung-3", Row = PersonRow.Rung(3, EffectMeasure.Ratio) }
            .Estimate(new Replicate(source.ModelOf(frame), frame));
        var truth = source.TruthOf(StudyTarget.Rung(3, ClusterWeighting.Participant, EffectMeasure.Ratio))!.Value.Value;
        Assert.InRange(Math.Abs(estimate.Value - truth), 0, 4 * estimate.StandardError);
    }

    [Fact]
    public void Rows_that_are_not_one_person_each_are_refused()
    {
        var counted = ModelFrameBuilder.Build(
            Data("binomial"), new FrameRequest { Formula = FormulaParser.Parse("y ~ arm + x"), Weights = "two" });
        var comparison = PersonComparer.Compare(counted, new PersonOptions { Treatment = "arm", Family = Family.Binomial });
        var refusal = Assert.Throws<InputException>(() => TrialLikeness.Of(comparison));
        Assert.Contains("every row is one person", refusal.Message, StringComparison.Ordinal);
    }

    private static double Pearson(PersonComparison comparison, ModelFrame frame)
    {
        var (family, link, sum) = (comparison.Options.Family, comparison.Options.EffectiveLink, 0.0);
        var eta = LinearPredictor.Of(frame, comparison.Fit.Coefficients);
        for (var row = 0; row < frame.Rows; row++)
        {
            var mean = link.Mean(eta[row]);
            sum += (frame.Response[row] - mean) * (frame.Response[row] - mean) / family.Variance(mean);
        }

        return family.HasUnitDispersion && ReferenceEquals(frame, comparison.Frame) ? 1 : sum / frame.Rows;
    }

    private static PersonComparison Compare(string family, string formula = "y ~ arm + x", string? offset = null) => PersonComparer.Compare(
        Frame(formula, offset, family),
        new PersonOptions
        {
            Treatment = "arm",
            Family = family switch
            {
                "binomial" => Family.Binomial,
                "poisson" => Family.Poisson,
                "gamma" => Family.Gamma,
                "negative-binomial" => Family.NegativeBinomial(3),
                _ => Family.Gaussian,
            },
            Link = family == "gamma" ? Link.Log : null,
            Threads = 1,
        });

    private static ModelFrame Frame(string formula, string? offset, string family) => ModelFrameBuilder.Build(
        Data(family), new FrameRequest { Formula = FormulaParser.Parse(formula), Offset = offset });

    private static Dataset Data(string family)
    {
        var (stream, text) = (new RandomStream(3, 2, 1), new StringBuilder("arm,x,years,two,y\n"));
        for (var i = 0; i < 400; i++)
        {
            var (x, arm) = (stream.NextNormal(), i % 2);
            var mean = Math.Exp(0.3 + (0.5 * arm) + (0.3 * x));
            var y = family switch
            {
                "binomial" => stream.NextBernoulli(mean / (1 + mean)),
                "poisson" => stream.NextPoisson(mean),
                "gamma" => stream.NextGamma(2) * mean / 2,
                "negative-binomial" => stream.NextNegativeBinomial(mean, 3),
                _ => mean + (2 * stream.NextNormal()),
            };
            text.Append(CultureInfo.InvariantCulture, $"{(arm == 1 ? "B" : "A")},{x:R},{1 + (i % 3 * 0.1)},2,{y:R}\n");
        }

        return DatasetReader.Read("persons.csv", Encoding.UTF8.GetBytes(text.ToString()));
    }
}
