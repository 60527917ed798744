package layout

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// Whoever follows a walk of docs/ARCHITECTURE.md looks its names up: each "receiver.method" and "package.name" on that
// page must be declared somewhere.
func TestWalksNameWhatIsThere(t *testing.T) {
	root := moduleRoot(t)
	declared := map[string]bool{}
	forEachFile(t, root, func(path, _ string) {
		if !strings.HasSuffix(path, "_test.go") {
			declare(t, declared, filepath.Join(root, path))
		}
	})
	doc, err := os.ReadFile(filepath.Join(root, "docs", "ARCHITECTURE.md"))
	if err != nil {
		t.Fatal(err)
	}
	inWalk, inText := regexp.MustCompile(`\b[A-Za-z]+\.[A-Za-z]+\b`), regexp.MustCompile("`[A-Za-z]+\\.[A-Za-z]+`")
	seen := 0
	for line := range strings.Lines(string(doc)) {
		named := inText
		if strings.HasPrefix(line, "    ") { // the walks are what stands as code
			named = inWalk
		}
		for _, name := range named.FindAllString(line, -1) {
			name = strings.Trim(name, "`")
			if strings.HasSuffix(name, ".go") {
				continue
			}
			if seen++; !declared[name] {
				t.Errorf("docs/ARCHITECTURE.md names %s, which is not declared", name)
			}
		}
	}
	if seen < 50 {
		t.Fatalf("only %d names seen: the reading of the walks is broken", seen)
	}
}

// declare notes what a file declares: "package.name", "type.method", and the methods of interfaces like those of types.
func declare(t *testing.T, declared map[string]bool, file string) {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range f.Decls {
		switch d := d.(type) {
		case *ast.FuncDecl:
			declared[receiver(d, f.Name.Name)+"."+d.Name.Name] = true
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				typ, ok := spec.(*ast.TypeSpec)
				if !ok {
					continue
				}
				declared[f.Name.Name+"."+typ.Name.Name] = true
				if i, ok := typ.Type.(*ast.InterfaceType); ok {
					for _, m := range i.Methods.List {
						for _, n := range m.Names {
							declared[typ.Name.Name+"."+n.Name] = true
						}
					}
				}
			}
		}
	}
}

// receiver is the type that a function is a method of, or its package.
func receiver(d *ast.FuncDecl, pkg string) string {
	if d.Recv == nil {
		return pkg
	}
	typ := d.Recv.List[0].Type
	if p, ok := typ.(*ast.StarExpr); ok {
		typ = p.X
	}
	if name, ok := typ.(*ast.Ident); ok {
		return name.Name
	}
	return pkg // of a generic type, which no walk comes by
}
