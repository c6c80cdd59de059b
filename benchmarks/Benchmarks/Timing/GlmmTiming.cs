using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Benchmarks.Timing;

/// <summary><c>glmm NODES FILE</c>, or <c>glmm slope:NODES FILE</c> with a random slope: the binary trial of benchmarks/peers/make_data.R.</summary>
internal sealed class GlmmTiming : ITimedMethod
{
    private const string Slope = "slope:";

    /// <inheritdoc/>
    public string Name => "glmm";

    /// <inheritdoc/>
    public Func<double[]> Prepare(string detail, string path, int threads)
    {
        var hasSlope = detail.StartsWith(Slope, StringComparison.Ordinal);
        var nodes = int.Parse(hasSlope ? detail[Slope.Length..] : detail, CultureInfo.InvariantCulture);
        var request = new FrameRequest { Formula = FormulaParser.Parse($"y ~ trt * time + x1 + x2 + ({(hasSlope ? "time" : "1")} | id)") };
        var frame = ModelFrameBuilder.Build(DatasetReader.Read(path), request);
        var options = new GlmmOptions { Family = Family.Binomial, Nodes = nodes, Threads = threads };
        return () => GlmmFitter.Fit(frame, options).Coefficients.ToArray();
    }
}
