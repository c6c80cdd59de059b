using MarginalConditional.Cli.Commands.Meta;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands.Meta;

/// <summary>How <see cref="MetaCommandInput"/> reads studies, and what it refuses.</summary>
public sealed class MetaCommandInputTests
{
    private const string Arms = "--treat a,b --control c,d";

    [Theory]
    [InlineData("yi,vi\n1,0.5\n2,0\n", "--yi yi --vi vi", "line 3", "a variance of 0")]
    [InlineData("yi,vi\n1,0.5\n2,-0.1\n", "--yi yi --vi vi", "line 3", "the negative variance -0.1")]
    [InlineData("yi,se\n1,0.5\n2,0\n", "--yi yi --sei se", "line 3", "a standard error of 0")]
    [InlineData("yi,vi\n1e300,0.5\n-1e300,1\n", "--yi yi --vi vi", "line 2, column yi", "1e+300 is too large to compute with")]
    [InlineData("yi,vi\n1,1\n2,1\n3,1e-300\n", "--yi yi --vi vi", "line 4, column vi", "1e-300 is too small to compute with")]
    [InlineData("yi,vi\n1,1e-59\n2,1e-59\n3,1e59\n", "--yi yi --vi vi", "such different magnitude", "from 1e-59 to 1e+59")]
    [InlineData("yi,vi\n1,0.5\n", "--yi yi --vi vi", "There is one study", "at least two")]
    [InlineData("yi,vi\n1,NA\n2,\n", "--yi yi --vi vi", "There is no study to combine", "2 rows were left out")]
    [InlineData("yi,vi\n1,0.5\n2,1\n", "--yi y --vi vi", "There is no column \"y\"", "yi, vi")]
    [InlineData("yi,vi\n1,0.5\n2,1\n", "--yi yi", "sampling variances", "--vi COLUMN")]
    [InlineData("yi,vi\n1,0.5\n2,1\n", "--vi vi", "belong to --yi", "--yi EFFECT")]
    [InlineData("yi,vi\n1,0.5\n2,1\n", "", "where the studies' numbers stand", "--treat EVENTS,NONEVENTS")]
    [InlineData("yi,vi\n1,0.5\n2,1\n", "--yi yi --vi vi --method RELM", "does not know \"RELM\"", "REML")]
    [InlineData("a,b,c,d\n1,2,3,4\n-1,2,3,4\n", "--measure OR " + Arms, "line 3", "a count is 0 or more")]
    [InlineData("a,b,c,d\n1,2,3,4\n0,0,3,4\n", "--measure OR " + Arms, "line 3", "without any people")]
    [InlineData("a,b,c,d\n1,2,3,4\n0,2,3,4\n", "--measure OR --zero-cells none " + Arms, "line 3", "holds a zero count")]
    [InlineData("a,b,c,d\n1,2,3,4\n0,2,0,4\n", "--measure RD --zero-cells none " + Arms, "line 3", "zero variance")]
    [InlineData("a,b,c,d\n1,2,3,4\n1,2,3,4\n", "--measure OR --treat a,b", "--control is missing", "EVENTS,NONEVENTS")]
    [InlineData("a,b,c,d\n1,2,3,4\n1,2,3,4\n", "--measure OR --treat a --control c", "names 1 column,", "needs 2")]
    [InlineData("a,b,c,d\n1,2,3,4\n1,2,3,4\n", "--measure SMD " + Arms, "names 2 columns", "MEAN,SD,N")]
    [InlineData("a,b,c,d\n1,2,3,4\n1,x,3,4\n", "--measure OR " + Arms, "line 3", "\"x\"")]
    [InlineData("a,b,c,d\n1,2,3,4\n1,2,3,4\n", "--measure OR --add -1 " + Arms, "--add has to be", "0.5")]
    [InlineData("a,b,c,d\n1,2,3,4\n0,2,0,4\n", "--measure OR --method exact " + Arms, "1 of 2 studies", "at least two")]
    [InlineData("a,b,c,d\n0,2,0,4\n0,5,0,6\n", "--measure OR --method exact " + Arms, "0 of 2 studies", "at least two")]
    [InlineData("a,b,c,d\n1,20,3,40\n2,0,1,30\n", "--measure IRR " + Arms, "line 3", "person-time 0")]
    [InlineData("a,b,c,d\n1,20,3,40\n0,10,1,30\n", "--measure IRR --zero-cells none " + Arms, "line 3", "no events in an arm")]
    [InlineData("a,b,c,d\n1,20,3,40\n1.5,10,1,30\n", "--measure IRR --method exact " + Arms, "line 3", "whole numbers")]
    [InlineData("yi,vi\n1,0.5\n2,NA\n", "--yi yi --vi vi", "There is one study", "1 row was left out")]
    [InlineData("a,b,c,d\n1,2,3,4\n1,2.5,3,4\n", "--measure OR --method exact " + Arms, "line 3", "whole numbers")]
    [InlineData("a,b,c,d\n1,2,3,4\n1,2,3,4\n", "--measure RR --method exact " + Arms, "odds ratios", "--measure OR")]
    [InlineData("a,b,c,d\n1,2,3,4\n1,2,3,4\n", "--measure OR --method exact --ci hartung-knapp " + Arms, "--ci", "other methods")]
    public void Bad_input_is_explained(string text, string options, string first, string second)
    {
        var path = Path.Combine(Path.GetTempPath(), $"meta-{Environment.ProcessId}-{Environment.CurrentManagedThreadId}.csv");
        File.WriteAllText(path, text);
        try
        {
            var run = Margcond.RunLine($"meta {path} {options}");
            Assert.Equal(2, run.ExitCode);
            Assert.Empty(run.Out);
            Assert.Contains(first, Joined(run.Error), StringComparison.Ordinal);
            Assert.Contains(second, Joined(run.Error), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static string Joined(string text) => string.Join(' ', text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
}
