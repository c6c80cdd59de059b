namespace MarginalConditional.Architecture.Tests;

/// <summary>The direction of references between projects, as drawn in CONTRIBUTING.md.</summary>
public sealed class ReferenceGraphTests
{
    /// <summary>What each project may reference; what is not listed it must not.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Data"] = ["Statistics"],
        ["Statistics"] = [],
        ["Gee"] = ["Data", "Statistics"],
        ["Mixed"] = ["Data", "Statistics"],
        ["Glmm"] = ["Data", "Mixed", "Statistics"],
        ["Lmm"] = ["Data", "Mixed", "Statistics"],
        ["Imputation"] = ["Statistics"],
        ["Means"] = ["Data", "Gee", "Glmm", "Imputation", "Lmm", "Mixed", "Statistics"],
        ["Meta"] = ["Data", "Glmm", "Mixed", "Statistics"],
        ["Profiling"] = ["Data", "Glmm", "Lmm", "Mixed", "Statistics"],
        ["Compare"] = ["Data", "Gee", "Glmm", "Imputation", "Lmm", "Meta", "Mixed", "Profiling", "Statistics"],
        ["Report"] = ["Compare", "Data", "Gee", "Glmm", "Imputation", "Lmm", "Means", "Meta", "Mixed", "Profiling", "Statistics"],
        ["Explore"] = ["Report"],
        ["Cli"] =
        [
            "Compare", "Data", "Explore", "Gee", "Glmm", "Imputation", "Lmm", "Means", "Meta", "Mixed", "Profiling", "Properties", "Report",
            "Statistics",
        ],
        ["Properties"] = ["Compare", "Data", "Gee", "Glmm", "Lmm", "Mixed", "Statistics"],
    };

    /// <summary>Without these the graph would be allowed but no longer say what it is meant to.</summary>
    private static readonly Dictionary<string, string[]> Required = new(StringComparer.Ordinal)
    {
        ["Gee"] = ["Data", "Statistics"],
        ["Mixed"] = ["Data", "Statistics"],
        ["Glmm"] = ["Mixed"],
        ["Lmm"] = ["Mixed"],
        ["Means"] = ["Gee", "Glmm", "Imputation", "Lmm"],
        ["Meta"] = ["Glmm"],
        ["Profiling"] = ["Glmm", "Lmm"],
        ["Compare"] = ["Gee", "Glmm", "Imputation"],
        ["Report"] = ["Compare", "Means", "Meta", "Profiling"],
        ["Explore"] = ["Report"],
        ["Cli"] = ["Explore", "Properties", "Report"],
        ["Properties"] = ["Compare"],
    };

    [Fact]
    public void Every_project_references_only_what_it_may()
    {
        foreach (var (name, path) in Repository.Projects("src"))
        {
            Assert.True(
                Allowed.ContainsKey(name),
                $"The project {name} has no place in the graph yet: add it here and in CONTRIBUTING.md.");
            Assert.Empty(Repository.References(path)
                .Except(Allowed[name], StringComparer.Ordinal)
                .Select(other => $"{name} must not reference {other}"));
        }
    }

    [Fact]
    public void Every_project_references_what_it_builds_on()
    {
        var projects = Repository.Projects("src");
        foreach (var (name, needed) in Required)
        {
            Assert.Empty(needed
                .Except(Repository.References(projects[name]), StringComparer.Ordinal)
                .Select(other => $"{name} should reference {other}"));
        }
    }

    [Fact]
    public void The_allowed_graph_has_no_cycle()
    {
        var done = new HashSet<string>(StringComparer.Ordinal);
        while (done.Count < Allowed.Count)
        {
            var next = Allowed.Where(pair => !done.Contains(pair.Key) && pair.Value.All(done.Contains)).Select(pair => pair.Key).ToArray();
            Assert.NotEmpty(next);
            done.UnionWith(next);
        }
    }

    [Fact]
    public void Every_source_project_has_tests_that_reference_it()
    {
        var tests = Repository.Projects("tests");
        foreach (var name in Repository.Projects("src").Keys)
        {
            Assert.True(tests.TryGetValue(name + ".Tests", out var path), $"tests/{name}.Tests is missing");
            Assert.Contains(name, Repository.References(path!));
        }
    }

    [Fact]
    public void Tests_reference_sources_and_examples_and_no_other_tests()
    {
        var sources = Repository.Projects("src").Keys.Concat(Repository.Projects("examples").Keys).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, path) in Repository.Projects("tests"))
        {
            Assert.Empty(Repository.References(path)
                .Where(other => !sources.Contains(other))
                .Select(other => $"{name} must not reference {other}"));
        }
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "MarginalConditional.sln"));
        foreach (var name in Repository.Projects("src").Keys.Concat(Repository.Projects("tests").Keys))
        {
            Assert.Contains($"{name}.csproj", solution, StringComparison.Ordinal);
        }
    }
}
