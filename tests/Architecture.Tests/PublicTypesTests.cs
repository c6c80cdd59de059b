using System.Reflection;
using System.Text.RegularExpressions;

namespace MarginalConditional.Architecture.Tests;

/// <summary>Conventions of the libraries that can be read from the assemblies and files.</summary>
public sealed partial class PublicTypesTests
{
    private static readonly string[] Libraries =
        ["Data", "Statistics", "Gee", "Mixed", "Glmm", "Lmm", "Meta", "Profiling", "Compare", "Report"];

    private static readonly string[] VagueNames =
        ["Manager", "Helper", "Helpers", "Utils", "Util", "Utilities", "Service", "Misc", "Common"];

    public static TheoryData<string> Names() => [.. Libraries];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_public_type_has_a_file_of_its_name_in_the_folder_of_its_namespace(string library)
    {
        foreach (var type in PublicTypes(library).Where(type => !type.IsNested))
        {
            var folder = type.Namespace!.Replace("MarginalConditional.", string.Empty, StringComparison.Ordinal).Replace('.', '/');
            var name = type.Name.Split('`')[0];
            Assert.True(File.Exists(Path.Combine(Repository.Root, "src", folder, name + ".cs")), $"src/{folder}/{name}.cs is missing");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_file_declares_one_type_outside_others(string library)
    {
        foreach (var path in Repository.Sources(Path.Combine("src", library)))
        {
            var count = TopLevelType().Count(File.ReadAllText(path));
            Assert.True(count <= 1, $"{Path.GetRelativePath(Repository.Root, path)} declares {count} types");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Names_say_what_a_type_is(string library)
    {
        foreach (var type in PublicTypes(library))
        {
            Assert.DoesNotContain(VagueNames, vague => type.Name.EndsWith(vague, StringComparison.Ordinal));
            Assert.All(type.Name, character => Assert.True(char.IsAscii(character), type.FullName));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Options_and_fits_are_sealed(string library)
    {
        foreach (var type in PublicTypes(library).Where(type => type.IsClass
            && (type.Name.EndsWith("Options", StringComparison.Ordinal) || type.Name.EndsWith("Fit", StringComparison.Ordinal))))
        {
            Assert.True(type.IsSealed, $"{type.FullName} is not sealed");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_public_property_can_be_set_after_creation(string library)
    {
        foreach (var property in PublicTypes(library).SelectMany(type =>
            type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)))
        {
            var setter = property.GetSetMethod(nonPublic: false);
            var isInit = setter?.ReturnParameter.GetRequiredCustomModifiers().Any(modifier => modifier.Name == "IsExternalInit") ?? true;
            Assert.True(isInit, $"{property.DeclaringType!.FullName}.{property.Name} can be set");
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Closed_choices_cannot_be_extended_from_outside(string library)
    {
        foreach (var type in PublicTypes(library).Where(IsChoice))
        {
            Assert.True(IsClosed(type), $"{type.FullName} can be extended");
            Assert.All(
                type.GetNestedTypes().Where(nested => nested.BaseType == type),
                nested => Assert.True(nested.IsSealed || (nested.IsAbstract && IsClosed(nested)), $"{nested.FullName} can be extended"));
        }
    }

    private static bool IsChoice(Type type) =>
        type.IsAbstract && !type.IsSealed && !type.IsInterface && type.GetNestedTypes().Any(nested => nested.BaseType == type);

    private static bool IsClosed(Type type) =>
        type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).All(constructor => constructor.IsPrivate
            || constructor.IsAssembly
            || constructor.IsFamilyAndAssembly);

    private static Type[] PublicTypes(string library) => Assembly.Load("MarginalConditional." + library).GetExportedTypes();

    [GeneratedRegex(
        @"^(?:public |internal |file )(?:abstract |sealed |static |readonly |partial |ref )*"
            + @"(?:class|record struct|record|struct|interface|enum) \w+",
        RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex TopLevelType();
}
