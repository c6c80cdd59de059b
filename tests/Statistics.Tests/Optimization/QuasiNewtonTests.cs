using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Statistics.Tests.Optimization;

public sealed class QuasiNewtonTests
{
    private static readonly QuasiNewtonControl Control = new() { Tolerance = 1e-14, MaximumIterations = 200 };

    /// <summary>Rosenbrock's valley, its minimum known: (1, 1).</summary>
    [Fact]
    public void It_follows_a_curved_valley_to_its_end()
    {
        var result = new QuasiNewton(new Valley(), Control).Minimize([-1.2, 1]);
        Assert.Equal(ConvergenceStatus.Converged, result.Status);
        Assert.Equal(1, result.Theta[0], 1e-6);
        Assert.Equal(1, result.Theta[1], 1e-6);
        Assert.Equal(0, result.Gradient[0], 1e-5);
    }

    [Fact]
    public void A_quadratic_function_takes_one_step_with_its_own_Hessian()
    {
        var bowl = new Bowl(double.PositiveInfinity);
        var result = new QuasiNewton(bowl, Control) { SimilarHessian = [4, 1, 1, 2] }.Minimize([0, 0]);
        Assert.Equal(1, result.Iterations);
        Assert.Equal(2, result.Theta[0], 1e-12);
        Assert.Equal(-1, result.Theta[1], 1e-12);
    }

    [Fact]
    public void It_finds_the_same_minimum_without_a_Hessian()
    {
        var optimizer = new QuasiNewton(new Bowl(double.PositiveInfinity), Control);
        var result = optimizer.Minimize([30, 40]);
        Assert.Equal(2, result.Theta[0], 1e-7);
        Assert.Equal(-1, result.Theta[1], 1e-7);
        Assert.Equal([4, 1, 1, 2], optimizer.Hessian.ToArray().Select(value => Math.Round(value, 6)));
    }

    [Fact]
    public void Steps_out_of_the_domain_are_halved()
    {
        var result = new QuasiNewton(new Bowl(2.5), Control) { SimilarHessian = [0.1, 0, 0, 0.1] }.Minimize([0, 0]);
        Assert.Equal(ConvergenceStatus.Converged, result.Status);
        Assert.Equal(2, result.Theta[0], 1e-6);
    }

    /// <summary>Where the function curves down, each step asks for a Hessian; once these were many, steps pay for them.</summary>
    [Fact]
    public void Hessians_wait_for_steps_when_they_were_many()
    {
        const int Steps = 60;
        var (free, bounded) = (new Ridge(), new Ridge());
        var control = Control with { MaximumIterations = Steps };
        new QuasiNewton(free, control).Minimize([0.1, 0.2]);
        var result = new QuasiNewton(bounded, control with { DifferencedGradients = 20 }).Minimize([0.1, 0.2]);
        Assert.Equal(ConvergenceStatus.IterationLimit, result.Status);
        Assert.True(result.Value < -100);
        Assert.True(free.Evaluations >= 3 * Steps);
        Assert.InRange(bounded.Evaluations, Steps, (2 * Steps) + 30);
    }

    /// <summary>The Hessian of the start, and one more for every third step, or for every second argument when these are more.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void A_Hessian_that_is_old_is_found_anew(int interval)
    {
        var valley = new Valley();
        var result = new QuasiNewton(valley, Control with { RenewalInterval = interval, ExactHessianLimit = 0 }).Minimize([-1.2, 1]);
        Assert.Equal(ConvergenceStatus.Converged, result.Status);
        Assert.Equal(1 + (result.Iterations / Math.Max(interval, 2)), valley.Hessians);
    }

    [Fact]
    public void How_it_ended_is_said()
    {
        Assert.Equal(ConvergenceStatus.NotFinite, new QuasiNewton(new Bowl(-5), Control).Minimize([0, 0]).Status);
        Assert.Equal(
            ConvergenceStatus.IterationLimit,
            new QuasiNewton(new Valley(), Control with { MaximumIterations = 3 }).Minimize([-1.2, 1]).Status);
    }

    /// <summary>A step so short that it leads nowhere is not progress: the search would take it until its cap.</summary>
    [Fact]
    public void A_step_that_is_lost_in_rounding_ends_the_search()
    {
        var result = new QuasiNewton(new Needle(), Control).Minimize([Needle.Place]);
        Assert.Equal(ConvergenceStatus.StepFailure, result.Status);
        Assert.Equal(1, result.Iterations);
    }

    /// <summary>Rounding at its worst: zero in one place, one everywhere else, and a slope that promises a decrease.</summary>
    private sealed class Needle : IObjective
    {
        public const double Place = 1e6;

        public int Parameters => 1;

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            if (gradient.Length > 0)
            {
                gradient[0] = 1e-3;
            }

            return theta[0] == Place ? 0 : 1;
        }

        public bool TryFillHessian(ReadOnlySpan<double> theta, Span<double> hessian)
        {
            hessian[0] = 1;
            return true;
        }
    }

    /// <summary>−x² − 2y², which falls for ever.</summary>
    private sealed class Ridge : IObjective
    {
        public int Parameters => 2;

        public int Evaluations { get; private set; }

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            Evaluations++;
            if (gradient.Length > 0)
            {
                (gradient[0], gradient[1]) = (-2 * theta[0], -4 * theta[1]);
            }

            return -(theta[0] * theta[0]) - (2 * theta[1] * theta[1]);
        }
    }

    private sealed class Valley : IObjective
    {
        public int Parameters => 2;

        public int Hessians { get; private set; }

        public bool TryFillHessian(ReadOnlySpan<double> theta, Span<double> hessian)
        {
            var (x, y) = (theta[0], theta[1]);
            hessian[0] = (1200 * x * x) - (400 * y) + 2;
            hessian[1] = hessian[2] = -400 * x;
            hessian[3] = 200;
            Hessians++;
            return true;
        }

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            var (x, bend) = (theta[0], theta[1] - (theta[0] * theta[0]));
            if (gradient.Length > 0)
            {
                gradient[0] = (-400 * x * bend) - (2 * (1 - x));
                gradient[1] = 200 * bend;
            }

            return (100 * bend * bend) + ((1 - x) * (1 - x));
        }
    }

    /// <summary>½(x − c)ᵀA(x − c), A = [4, 1; 1, 2], c = (2, −1); infinite where the first argument exceeds a limit.</summary>
    private sealed class Bowl(double limit) : IObjective
    {
        public int Parameters => 2;

        public double Evaluate(ReadOnlySpan<double> theta, Span<double> gradient)
        {
            var (x, y) = (theta[0] - 2, theta[1] + 1);
            if (gradient.Length > 0)
            {
                gradient[0] = (4 * x) + y;
                gradient[1] = x + (2 * y);
            }

            return theta[0] > limit ? double.PositiveInfinity : 0.5 * ((4 * x * x) + (2 * x * y) + (2 * y * y));
        }
    }
}
