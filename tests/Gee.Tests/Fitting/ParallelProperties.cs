using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Fitting;

/// <summary>The number of threads changes no bit.</summary>
public class ParallelProperties
{
    [Fact]
    public void Any_number_of_threads_gives_the_same_bits()
    {
        var sample = ClusteredSample.Create(11, Family.Binomial, clusters: 3000, weighted: true, withOffset: true);
        foreach (var structure in new[]
                 {
                     WorkingCorrelation.Exchangeable,
                         WorkingCorrelation.Ar1,
                         WorkingCorrelation.Unstructured,
                         WorkingCorrelation.Decay,
                         WorkingCorrelation.Nested("group"),
                     })
        {
            var one = GeeFitter.Fit(sample.Frame, sample.Options(structure));
            foreach (var threads in new[] { 2, 3, 16 })
            {
                var many = GeeFitter.Fit(sample.Frame, sample.Options(structure) with { Threads = threads });
                Assert.True(one.Coefficients.SequenceEqual(many.Coefficients));
                Assert.True(GeeInference.Of(one).Covariance.SequenceEqual(GeeInference.Of(many).Covariance));
                Assert.True(one.Correlation.Alpha.SequenceEqual(many.Correlation.Alpha));
            }
        }
    }

    [Fact]
    public void An_iteration_on_one_thread_allocates_nothing()
    {
        var sample = ClusteredSample.Create(12, Family.Poisson, clusters: 500);
        var options = sample.Options(WorkingCorrelation.Exchangeable);
        // From the twentieth pass on, when the buffers for mixing steps exist.
        var few = options with { MaximumIterations = 20, Tolerances = new GeeTolerances { Equations = 1e-300 } };
        var many = few with { MaximumIterations = 60 };

        // Both stop at their limit; the message alone may differ in length. Code that is not compiled for good yet may put on the heap what
        // it keeps on the stack later, at whatever moment that is: it is asked until then.
        Assert.Contains(Enumerable.Range(0, 100), _ => Math.Abs(Allocated(many) - Allocated(few)) <= 200);

        long Allocated(GeeOptions used)
        {
            GeeFitter.Fit(sample.Frame, used);
            var before = GC.GetAllocatedBytesForCurrentThread();
            GeeFitter.Fit(sample.Frame, used);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }
}
