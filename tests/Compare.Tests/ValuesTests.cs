using System.Collections;
using System.Reflection;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Compare.Simulation.Running;
using MarginalConditional.Compare.Tests.Simulation;
using MarginalConditional.Gee;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Compare.Tests;

/// <summary>
/// What Compare hands out holds nothing that can change: every field reachable from a result is set once, and none is a dictionary.
/// </summary>
public sealed class ValuesTests
{
    [Fact]
    public void A_comparison_holds_nothing_that_can_change()
    {
        var frame = SmallTrial.Frame(40, seed: 12);
        Assert.Empty(Changeable(ModelComparer.Compare(frame, new ComparisonOptions
        {
            Treatment = "arm",
            Gee = new GeeOptions { Family = Family.Binomial, Threads = 1 },
            Glmm = new GlmmOptions { Family = Family.Binomial, Nodes = 7, Threads = 1, CheckNodes = false },
        })));
    }

    [Fact]
    public void A_fit_with_a_random_intercept_holds_nothing_that_can_change() =>
        Assert.Empty(Changeable(RandomInterceptFitter.FitMarginalized(
            SmallTrial.Frame(40, seed: 12), new RandomInterceptOptions { Family = Family.Binomial, Nodes = 11, Threads = 1 })));

    [Fact]
    public void The_result_of_a_study_holds_nothing_that_can_change() => Assert.Empty(Changeable(
        SimulationRunner.Run(Studies.Read(Studies.Small) with { Replicates = 2 }, new SimulationOptions { Threads = 1 })));

    private static SortedSet<string> Changeable(object root)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        var open = new Stack<object>([root]);
        while (open.TryPop(out var value))
        {
            if (value is Enum || !seen.Add(value))
            {
                continue;
            }

            if (value is IDictionary { IsReadOnly: false })
            {
                found.Add(value.GetType().Name);
            }
            else if (value is IEnumerable items and not string && (value is not Array || !value.GetType().GetElementType()!.IsPrimitive))
            {
                foreach (var item in items)
                {
                    open.Push(item ?? string.Empty);
                }
            }

            for (var type = value.GetType();
                type?.Namespace?.StartsWith("MarginalConditional", StringComparison.Ordinal) == true;
                type = type.BaseType)
            {
                foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic
                    | BindingFlags.DeclaredOnly))
                {
                    if (!field.IsInitOnly)
                    {
                        found.Add($"{type.Name}.{field.Name}");
                    }

                    if (field.GetValue(value) is { } next && !next.GetType().IsPrimitive)
                    {
                        open.Push(next);
                    }
                }
            }
        }

        return found;
    }
}
