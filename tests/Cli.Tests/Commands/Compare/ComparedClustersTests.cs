using System.Globalization;
using System.Text;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Compare;

/// <summary>Clusters that are not those of the mixed model, hidden by groupings that lie in each other without saying so.</summary>
public sealed class ComparedClustersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("--cluster sub:id", "in which several clusters lie")]
    [InlineData("--cluster all", "several in a cluster")]
    public void Nested_groups_are_compared_over_the_largest(string cluster, string reason)
    {
        var text = new StringBuilder("y,x,t,id,sub,all\n");
        for (var i = 0; i < 96; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{i * 7 % 5},{i % 3},{i % 2},{i / 8},{i / 24},{i / 48}\n");
        }

        var file = folder.Write("nested.csv", text.ToString());
        var line = $"compare {file} 'y ~ x + t + (1 | id) + (1 | sub)' --family poisson --treatment t ";
        var refused = Margcond.RunLine(line + cluster);
        Assert.Equal(2, refused.ExitCode);
        var sentence = string.Join(' ', refused.Error.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(reason + ": both models need the same clusters. Say --cluster sub.", sentence, StringComparison.Ordinal);
        Assert.True(Margcond.RunLine(line + "--cluster sub").ExitCode is 0 or 3);
    }
}
