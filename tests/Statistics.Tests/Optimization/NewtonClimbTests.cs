using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.Optimization;

namespace MarginalConditional.Statistics.Tests.Optimization;

public sealed class NewtonClimbTests
{
    [Fact]
    public void A_quadratic_is_climbed_in_one_step()
    {
        var climb = new Quadratic();
        var convergence = climb.Climb([0.5, -0.7], 50, 1e-8);

        Assert.True(convergence.Converged);
        Assert.Equal(1, convergence.Iterations);
        Assert.Equal(1, climb.Parameters[0], 1e-12);
        Assert.Equal(2, climb.Parameters[1], 1e-12);
        Assert.Equal(3, climb.Value, 1e-12);
    }

    [Fact]
    public void Where_plain_Newton_steps_go_up_the_climb_takes_them()
    {
        // ℓ = −log cosh x: the iterates of x − ℓ′/ℓ″, written out.
        var x = 0.9;
        for (var iteration = 0; iteration < 3; iteration++)
        {
            x -= Math.Tanh(x) * Math.Cosh(x) * Math.Cosh(x);
        }

        var climb = new LogCosh();
        climb.Climb([0.9], 3, 1e-300);

        Assert.Equal(x, climb.Parameters[0], 1e-15);
    }

    [Fact]
    public void Steps_that_go_down_are_halved()
    {
        // From |x| = 1.09 on plain Newton steps on −log cosh x run away.
        var climb = new LogCosh();

        Assert.True(climb.Climb([2.5], 50, 1e-8).Converged);
        Assert.Equal(0, climb.Parameters[0], 1e-6);
    }

    [Fact]
    public void A_negative_curvature_at_the_start_is_raised()
    {
        // −(x² − 1)² has its information 12x² − 4 < 0 at 0.1.
        var climb = new TwoHills();

        Assert.True(climb.Climb([0.1], 50, 1e-8).Converged);
        Assert.Equal(1, climb.Parameters[0], 1e-6);
        Assert.Equal(8, climb.Curvature, 1e-4);
    }

    [Fact]
    public void A_climb_that_rounding_hides_ends_with_a_sentence()
    {
        // −eˣ from 300: each step goes one down, and no hundred steps bring the size to where a change of one can be seen.
        var climb = new Exponential();
        var convergence = climb.Climb([300], 100, 1e-8);

        Assert.Equal(ConvergenceStatus.StepFailure, convergence.Status);
        Assert.Equal(new ClimbRules().Patience, convergence.Iterations);
        Assert.Contains("offsets", convergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_climb_that_comes_near_in_time_goes_on()
    {
        // The same from 60: thirty steps are enough to see changes again.
        var climb = new Exponential();
        Assert.Equal(ConvergenceStatus.IterationLimit, climb.Climb([60], 50, 1e-300).Status);
        Assert.Equal(10, climb.Parameters[0], 1e-6);
    }

    [Fact]
    public void No_step_is_longer_than_allowed()
    {
        var seen = new List<double>();
        var climb = new Quadratic(longestStep: 0.25) { Seen = seen };
        climb.Climb([0, 0], 1, 1e-8);

        Assert.Equal(2, seen.Count);
        Assert.Equal(0.125, seen[1], 1e-15);
        Assert.Equal(0.25, climb.Parameters[1], 1e-15);
    }

    [Fact]
    public void The_end_is_told()
    {
        Assert.Equal(ConvergenceStatus.NotFinite, new LogCosh().Climb([double.NaN], 50, 1e-8).Status);
        Assert.Equal(ConvergenceStatus.IterationLimit, new LogCosh().Climb([2.5], 1, 1e-8).Status);
        Assert.Equal(ConvergenceStatus.StepFailure, new WrongGradient().Climb([2.5], 50, 1e-8).Status);
    }

    /// <summary>3 − (x − 1)² − (y − 2)² + (x − 1)(y − 2).</summary>
    private sealed class Exponential() : NewtonClimb(1, new ClimbRules())
    {
        protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
        {
            gradient[0] = -Math.Exp(point[0]);
            information[0] = Math.Exp(point[0]);
            return -Math.Exp(point[0]);
        }
    }

    private sealed class Quadratic(double longestStep = 1e6) : NewtonClimb(2, new ClimbRules { LongestStep = longestStep, Gain = 1e-4 })
    {
        public List<double> Seen { get; init; } = [];

        protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
        {
            var (x, y) = (point[0] - 1, point[1] - 2);
            Seen.Add(point[0]);
            gradient[0] = y - (2 * x);
            gradient[1] = x - (2 * y);
            ((ReadOnlySpan<double>)[2, -1, -1, 2]).CopyTo(information);
            return 3 - (x * x) - (y * y) + (x * y);
        }
    }

    private sealed class LogCosh() : NewtonClimb(1, new ClimbRules { Gain = 1e-4 })
    {
        protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
        {
            gradient[0] = -Math.Tanh(point[0]);
            information[0] = 1 / (Math.Cosh(point[0]) * Math.Cosh(point[0]));
            return -Math.Log(Math.Cosh(point[0]));
        }
    }

    /// <summary>−(x² − 1)², its information found before a step and not with the value.</summary>
    private sealed class TwoHills() : NewtonClimb(1, new ClimbRules { LongestStep = 2 })
    {
        public double Curvature => Information[0];

        protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
        {
            var x = point[0];
            gradient[0] = -4 * x * ((x * x) - 1);
            return -((x * x) - 1) * ((x * x) - 1);
        }

        protected override void RefreshInformation() => Information[0] = (12 * Parameters[0] * Parameters[0]) - 4;

        protected override void Accept(double length)
        {
        }
    }

    /// <summary>Its gradient points down.</summary>
    private sealed class WrongGradient() : NewtonClimb(1, new ClimbRules())
    {
        protected override double Evaluate(ReadOnlySpan<double> point, Span<double> gradient, Span<double> information)
        {
            gradient[0] = point[0];
            information[0] = 1;
            return -point[0] * point[0];
        }
    }
}
