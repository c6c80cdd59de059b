using BenchmarkDotNet.Attributes;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Benchmarks;

/// <summary>Time and allocations of one mixed model with a random intercept.</summary>
[MemoryDiagnoser]
public class GlmmBenchmarks
{
    private ModelFrame frame = null!;

    [Params("300x7", "10000x5")]
    public string Size { get; set; } = "";

    [Params("logit", "probit")]
    public string Link { get; set; } = "";

    [Params(1, 15)]
    public int Nodes { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup() => frame = SyntheticTrial.Create(Size);

    [Benchmark]
    public double Fit()
    {
        var link = Link == "probit"
            ? MarginalConditional.Statistics.Families.Link.Probit
            : MarginalConditional.Statistics.Families.Link.Logit;
        return GlmmFitter.Fit(
            frame,
            new GlmmOptions { Family = Family.Binomial, Link = link, Nodes = Nodes, Threads = Threads }).Coefficients[0];
    }
}
