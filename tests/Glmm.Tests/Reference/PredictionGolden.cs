using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Glmm.Tests.Reference;

/// <summary>Conditional predictions and their standard errors agree with those of glmmTMB 1.1.5 (predictions.R).</summary>
public sealed class PredictionGolden
{
    // glmmTMB differences its gradient for the covariance of the parameters, which leaves about three digits of a standard error.
    private const double ErrorTolerance = 2e-3;
    private static readonly string Folder = Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference");
    private static readonly JsonElement Expected =
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, "predictions.json"))).RootElement;

    [Fact]
    public void A_random_intercept_agrees() =>
        Check("toenail", ReferenceCase.Frame("toenail", "y ~ treatment * time + (1 | patientID)"), Family.Binomial);

    [Fact]
    public void Correlated_slopes_agree() =>
        Check("poisson_slopes", ReferenceCase.Frame("slope_count", "y ~ arm * t + (t | id)"), Family.Poisson);

    [Theory]
    [InlineData("nested", "y ~ x + (1 | hospital/ward)")]
    [InlineData("three_levels", "y ~ x + (1 | hospital/ward/team)")]
    public void Nested_levels_agree(string name, string formula) => Check(
        name,
        ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(Folder, "nested.csv")),
            new FrameRequest { Formula = FormulaParser.Parse(formula) }),
        Family.Binomial);

    [Fact]
    public void A_gamma_model_agrees() =>
        Check("gamma", ReferenceCase.Frame("unbalanced_shuffled", "positive ~ arm + x1 + (1 | id)"), Family.Gamma);

    [Fact]
    public void A_negative_binomial_model_with_an_offset_agrees() =>
        Check(
            "negative_binomial",
            ReferenceCase.Frame("unbalanced_shuffled", "count ~ arm + x1 + offset(log(exposure)) + (1 | id)"),
            Family.NegativeBinomial(1));

    [Fact]
    public void A_gaussian_model_agrees() =>
        Check("gaussian", ReferenceCase.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"), Family.Gaussian);

    private static void Check(string name, ModelFrame frame, Family family)
    {
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = family, Nodes = 1, CheckNodes = false });
        var predictions = GlmmPrediction.Of(fit);
        var conditional = PredictedMeans.Conditional(fit);
        var want = Expected.GetProperty(name);
        for (var k = 0; k < want.GetProperty("rows").GetArrayLength(); k++)
        {
            var row = frame.RowOrder.IndexOf(want.GetProperty("rows")[k].GetInt32() - 1);
            var error = want.GetProperty("se")[k].GetDouble();
            Assert.Equal(want.GetProperty("predictor")[k].GetDouble(), predictions[row].Predictor, 1e-3 * error);
            Assert.Equal(error, predictions[row].PredictorError, ErrorTolerance * error);
            Assert.Equal(conditional[row], predictions[row].Mean, 1e-9 * Math.Abs(conditional[row]));
            Assert.Equal(
                fit.Link.Mean(predictions[row].Predictor - (1.959963984540054 * predictions[row].PredictorError)),
                predictions[row].Lower,
                1e-12 * Math.Abs(predictions[row].Lower));
        }
    }
}
