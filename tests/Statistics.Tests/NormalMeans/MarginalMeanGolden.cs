using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Statistics.Tests.NormalMeans;

public sealed class MarginalMeanGolden
{
    // R 4.2.2, integrate() with rel.tol 1e-12; tolerance of the case file, 1e-9 absolute.
    [Fact]
    public void Grid_of_logistic_normal_integrals_agrees_with_R()
    {
        var reference = ReferenceFiles.Case("marginal_logit_normal_grid");
        var tolerance = reference.GetProperty("tolerance").GetDouble();
        var rule = MarginalMean.For(Link.Logit);
        var rows = reference.GetProperty("expected").EnumerateArray().ToList();

        Assert.Equal(45, rows.Count);
        Assert.All(rows, row =>
        {
            double Value(string name) => row.GetProperty(name).GetDouble();
            var control = rule.At(Value("b0"), Value("s"));
            var treated = rule.At(Value("b0") + Value("b1"), Value("s"));
            Assert.Equal(Value("p0"), control.Mean, tolerance);
            Assert.Equal(Value("p1"), treated.Mean, tolerance);
            Assert.Equal(Value("lor"), treated.Predictor - control.Predictor, tolerance);
        });
    }
}
