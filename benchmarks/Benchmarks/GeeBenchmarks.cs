using BenchmarkDotNet.Attributes;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Benchmarks;

/// <summary>Time and allocations of one GEE fit.</summary>
[MemoryDiagnoser]
public class GeeBenchmarks
{
    private ModelFrame frame = null!;
    private WorkingCorrelation structure = null!;

    [Params("30x20", "300x7", "10000x5")]
    public string Size { get; set; } = "";

    [Params("independence", "exchangeable", "ar1", "unstructured")]
    public string Correlation { get; set; } = "";

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        frame = SyntheticTrial.Create(Size);
        structure = Correlation switch
        {
            "independence" => WorkingCorrelation.Independence,
            "exchangeable" => WorkingCorrelation.Exchangeable,
            "ar1" => WorkingCorrelation.Ar1,
            _ => WorkingCorrelation.Unstructured,
        };
    }

    [Benchmark]
    public double Fit() =>
        GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial, Correlation = structure, Threads = Threads }).Coefficients[0];
}
